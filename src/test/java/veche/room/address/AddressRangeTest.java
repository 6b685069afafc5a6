package veche.room.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,         192.0.2.7,               true",
        "192.0.2.7,         192.0.2.8,               false",
        "192.0.2.0/24,      192.0.2.255,             true",
        "192.0.2.0/24,      192.0.3.0,               false",
        "10.0.0.0/9,        10.127.255.255,          true",
        "10.0.0.0/9,        10.128.0.0,              false",
        "0.0.0.0/0,         203.0.113.1,             true",
        "0.0.0.0/0,         2001:db8::1,             false",
        "2001:db8::/33,     2001:db8:7fff::1,        true",
        "2001:db8::/33,     2001:db8:8000::1,        false",
        "::1,               0:0:0:0:0:0:0:1,         true",
        "192.0.2.7,         ::ffff:192.0.2.7,        true",
        "192.0.2.0/24,      localhost,               false",
        "192.0.2.0/24,      '',                      false"
    })
    void aRangeContainsTheAddressesWithItsPrefix(String range, String address, boolean contained) {
        assertEquals(contained, AddressRange.of(range).contains(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "localhost",
                "192.0.2",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/x",
                "::/129",
                "192.0.2.256",
                "::1/٣",
                "192.0.2.0/24/24"
            })
    void otherTextsAreRejected(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.of(text));
    }

    @Test
    void equalRangesHaveTheSameText() {
        AddressRange range = AddressRange.of("192.0.2.77/24");
        assertEquals(AddressRange.of("192.0.2.0/24"), range);
        assertEquals("192.0.2.0/24", range.toString());
        assertEquals(range, AddressRange.of(range.toString()));
        assertEquals(
                AddressRange.of("2001:DB8::5/32").hashCode(),
                AddressRange.of("2001:db8::/32").hashCode());
        assertEquals(
                AddressRange.of("::1"), AddressRange.of(AddressRange.of("::1").toString()));
    }
}
