package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.testing.RawClient;

/** Handshakes and connections above the limits of an address, which a trusted proxy forwards. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class HandshakeLimitIT extends ConfiguredWar {
    private RawClient connect(String address) {
        return new RawClient(chat(), "X-Forwarded-For: " + address);
    }

    /** Retry-After of a handshake that is answered 429, in seconds; 0 for another answer. */
    private int retryAfter(String address) {
        try (RawClient client = connect(address)) {
            boolean limited = client.response().startsWith("HTTP/1.1 429");
            return limited ? Integer.parseInt(client.header("Retry-After")) : 0;
        }
    }

    @Test
    void anAddressAboveItsConnectionsIsAnswered429AndOthersConnect() {
        try (RawClient first = connect("203.0.113.7");
                RawClient second = connect("203.0.113.7")) {
            assertTrue(first.response().startsWith("HTTP/1.1 101"), first.response());
            assertTrue(second.response().startsWith("HTTP/1.1 101"), second.response());
            // A connection counts from its opening, shortly after the answer.
            await().until(() -> retryAfter("203.0.113.7") == 10);
            assertEquals(0, retryAfter("203.0.113.8"));
        }
    }

    @Test
    void anAddressAboveItsRateOfHandshakesIsAnswered429AndOthersConnect() {
        await().until(() -> retryAfter("203.0.113.9") > 600);
        assertEquals(0, retryAfter("203.0.113.10"));
    }
}
