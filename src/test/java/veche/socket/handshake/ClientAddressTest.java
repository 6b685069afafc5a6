package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2::1, 20010db800010002/64",
        "2001:db8:1:2:ffff::, 20010db800010002/64",
        "::ffff:203.0.113.7, ::ffff:203.0.113.7",
        "unknown, unknown"
    })
    void anIpv6SubscriberHasANetworkOfItsOwn(String address, String key) {
        assertEquals(key, ClientAddress.subscriber(address));
    }

    @Test
    void otherNetworksAreOtherSubscribers() {
        assertNotEquals(ClientAddress.subscriber("2001:db8:1:3::1"), ClientAddress.subscriber("2001:db8:1:2::1"));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.8.8.8, true", "::1, true", "203.0.113.7, false", "localhost, false"})
    void onlyLoopbackLiteralsAreLoopback(String address, boolean expected) {
        assertEquals(expected, ClientAddress.isLoopback(address));
    }
}
