package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "192.168.1.7", "fd00::/8"));

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.4/31, 192.0.2.5, true",
        "192.0.2.4/31, 192.0.2.6, false",
        "192.0.2.4, 192.0.2.4, true",
        "192.0.2.4, 192.0.2.5, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, proxy.example, false",
        "10.0.0.0/8, '', false"
    })
    void aPeerIsTrustedWithinItsBlock(String block, String peer, boolean trusted) {
        assertEquals(trusted, new TrustedProxies(List.of(block)).trusts(peer));
    }

    @Test
    void noPeerIsTrustedByDefault() {
        assertFalse(new TrustedProxies(List.of()).trusts("127.0.0.1"));
        assertFalse(proxies.trusts(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "::/129",
                "",
                "1.2.3.4.5",
                "256.0.0.1"
            })
    void anInvalidAddressIsRejectedWithoutADnsLookup(String block) {
        assertThrows(IllegalArgumentException.class, () -> new TrustedProxies(List.of(block)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 203.0.113.9, 203.0.113.9",
        "10.0.0.1, '203.0.113.9, 10.0.0.2', 203.0.113.9",
        "10.0.0.1, '198.51.100.1, 203.0.113.9', 203.0.113.9",
        "10.0.0.1, '10.9.9.9, 203.0.113.9, 192.168.1.7', 203.0.113.9",
        "10.0.0.1, '10.0.0.3, 10.0.0.2', 10.0.0.3",
        "10.0.0.1, 'fd00::2, 2001:db8::1,fd00::1', 2001:db8::1",
        "10.0.0.1, , 10.0.0.1",
        "10.0.0.1, '', 10.0.0.1",
        "10.0.0.1, ' , ', 10.0.0.1",
        "203.0.113.7, 198.51.100.1, 203.0.113.7"
    })
    void theClientIsTheLastUntrustedHop(String peer, String forwardedFor, String client) {
        assertEquals(client, proxies.client(peer, forwardedFor));
    }
}
