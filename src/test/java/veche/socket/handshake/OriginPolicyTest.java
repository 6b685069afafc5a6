package veche.socket.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
    private static boolean sameOrigin(String origin, String own) {
        return new OriginPolicy(Set.of()).admits(origin, own);
    }

    @ParameterizedTest
    @CsvSource({
        "https://site.com, https://site.com, true",
        "https://site.com, https://site.com:443, true",
        "https://site.com:443, https://site.com, true",
        "http://site.com:80, http://site.com, true",
        "HTTPS://Site.COM, https://site.com, true",
        "http://site.com:8080, http://site.com:8080, true",
        "http://[::1]:8080, http://[::1]:8080, true",
        "http://[2001:DB8::1], http://[2001:db8::1]:80, true",
        "http://my_host:8080, http://my_host:8080, true",
        "http://site.com, https://site.com, false",
        "https://site.com, http://site.com, false",
        "https://site.com:80, https://site.com, false",
        "http://site.com:443, http://site.com, false",
        "http://site.com:8081, http://site.com:8080, false",
        "http://[::1]:8080, http://[::2]:8080, false",
        "https://site.com.evil.example, https://site.com, false",
        "https://evilsite.com, https://site.com, false",
        "https://sub.site.com, https://site.com, false",
        "https://site.com., https://site.com, false",
        "https://site.com@evil.example, https://site.com, false",
        "https://user@site.com, https://site.com, false",
        "https://site.com/, https://site.com, false",
        "https://site.com/path, https://site.com, false",
        "https://site.com?x, https://site.com, false",
        "https://site.com#x, https://site.com, false",
        "site.com, https://site.com, false",
        "//site.com, https://site.com, false",
        "null, https://site.com, false",
        "'', https://site.com, false",
        "'https://site.com https://evil.example', https://site.com, false",
        "'https://site.com, https://evil.example', https://site.com, false",
        "https://, https://site.com, false",
        "file://, https://site.com, false"
    })
    void onlyTheSameSchemeHostAndPortIsTheSameOrigin(String origin, String own, boolean admitted) {
        assertEquals(admitted, sameOrigin(origin, own));
    }

    @Test
    void aRequestWithoutOriginIsAdmitted() {
        assertTrue(sameOrigin(null, "https://site.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://friend.example", "https://friend.example:443", "https://FRIEND.example"})
    void aListedOriginIsAdmittedInAnyNotation(String origin) {
        assertTrue(new OriginPolicy(Set.of("https://Friend.example")).admits(origin, "https://site.com"));
    }

    @Test
    void listedOriginsAreAdmittedInAdditionToTheOwn() {
        OriginPolicy policy = new OriginPolicy(Set.of("https://friend.example"));
        assertTrue(policy.admits("https://site.com", "https://site.com"));
        assertFalse(policy.admits("https://friend.example.evil.example", "https://site.com"));
        assertFalse(policy.admits("http://friend.example", "https://site.com"));
        assertFalse(policy.open());
    }

    @Test
    void theNullOriginIsAdmittedOnlyIfListed() {
        assertTrue(new OriginPolicy(Set.of("null")).admits("null", "https://site.com"));
        assertFalse(new OriginPolicy(Set.of("https://friend.example")).admits("null", "null"));
    }

    @Test
    void anAsteriskAdmitsEveryOrigin() {
        OriginPolicy policy = new OriginPolicy(Set.of("*"));
        assertTrue(policy.open());
        assertTrue(policy.admits("https://anyone.example", "https://site.com"));
        assertTrue(policy.admits("null", "https://site.com"));
    }
}
