package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.testing.RawHandshake;

/**
 * DNS rebinding: the name of a foreign site resolves to this server, so its pages have the origin of their requests.
 */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class RebindingIT extends ConfiguredWar {
    @ParameterizedTest
    @CsvSource({
        "evil.example, X-Mark, none, 421",
        "evil.example:80, X-Mark, none, 421",
        "ws.site.com, X-Mark, none, 101",
        "WS.SITE.COM.:8443, X-Mark, none, 101",
        "ws.site.com, X-Forwarded-Host, evil.example, 421",
        "evil.example, X-Forwarded-Host, ws.site.com, 101"
    })
    void onlyTheListedHostsAreAnswered(String host, String field, String value, int expected) {
        String own = field.equals("X-Forwarded-Host") ? value : host;
        RawHandshake handshake = RawHandshake.of(chat())
                .with("Host", host)
                .with("Origin", "http://" + own)
                .with(field, value);
        assertEquals(expected, handshake.status());
    }

    /** The authority of the target replaces Host (RFC 9112 §3.2.2). */
    @Test
    void theAuthorityOfTheRequestTargetCounts() {
        RawHandshake handshake = RawHandshake.of(at(""), "http://evil.example" + contextPath() + "chat")
                .with("Origin", "http://evil.example");
        assertTrue(List.of(400, 403, 421).contains(handshake.status()));
    }
}
