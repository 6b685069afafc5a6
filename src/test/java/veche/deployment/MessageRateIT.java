package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.ERROR;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;

import java.io.IOException;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.testing.RawClient;

/** Clients that send more messages than the limits permit, from an address that a trusted proxy forwards. */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class MessageRateIT extends ConfiguredWar {
    private RawClient connect(String address, String... headers) {
        String[] all = new String[headers.length + 1];
        all[0] = "X-Forwarded-For: " + address;
        System.arraycopy(headers, 0, all, 1, headers.length);
        return new RawClient(chat(), all);
    }

    private static String call(RawClient client, int request) throws IOException {
        client.send("[" + CALL + "," + request + ",{},\"veche.send\",[\"rated\",\"hello\"]]");
        return client.nextText();
    }

    @Test
    void aWampCallAboveTheRateIsAnsweredWithTheTimeToRetry() throws IOException {
        try (RawClient client = connect("203.0.113.21", "Sec-WebSocket-Protocol: wamp.2.json")) {
            client.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{}}}]");
            assertTrue(client.nextText().startsWith("[2,"));
            for (int i = 1; i <= 3; i++) {
                String result = call(client, i);
                assertTrue(result.startsWith("[" + RESULT + "," + i), result);
            }
            String refused = call(client, 4);
            assertTrue(refused.startsWith("[" + ERROR + "," + CALL + ",4,"), refused);
            assertTrue(refused.contains("veche.error.rate_limited") && refused.contains("\"retry_ms\":"), refused);
        }
    }

    @Test
    void aConnectionThatPersistsIsClosedWith1008AndOthersStay() throws IOException {
        try (RawClient flooding = connect("203.0.113.22");
                RawClient other = connect("203.0.113.23")) {
            for (int i = 0; i < 11; i++) {
                flooding.send("flood");
            }
            assertEquals(1008, flooding.closeCode());
            other.send("hello");
            other.awaitText("hello"); // after those of the flood that the rate permits
        }
    }
}
