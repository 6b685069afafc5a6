package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host names by which clients address the server. */
class HostPolicyTest extends HandshakePolicyFixture {
    @ParameterizedTest
    @CsvSource({
        "site.com, true",
        "SITE.com:8080, true",
        "site.com., true",
        "site.com.:8080, true",
        "[::1]:8080, true",
        "ws.site.com, false",
        "site.com.evil.example, false",
        "evilsite.com:8080, false",
        "[::2], false"
    })
    void onlyListedNamesAreAdmittedWhateverThePort(String name, boolean admitted) {
        assertEquals(admitted, new HostPolicy(Set.of("Site.com", "[::1]")).admits(name));
    }

    @Test
    void anyNameIsAdmittedIfNoneIsListed() throws Exception {
        host = "rebound.evil.example";
        admitted(request());
    }

    /** The page and its request have one origin, since the name resolves to this server. */
    @Test
    void aPageOfASiteWhoseNameResolvesToThisServerIsAnswered421() {
        hosts = Set.of("site.com");
        host = "evil.example:8080";
        headers.put("origin", "http://evil.example:8080");
        assertEquals(421, rejected(request()).status());
    }

    @Test
    void theHostThatATrustedProxyForwardsIsChecked() throws Exception {
        hosts = Set.of("ws.site.com");
        host = "10.0.0.9:8080";
        headers.put("x-forwarded-host", "ws.site.com");
        admitted(request("10.0.0.1", null));
        assertEquals(421, rejected(request("203.0.113.7", null)).status());
    }
}
