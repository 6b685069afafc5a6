package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.testing.RawClient;
import veche.testing.TextClient;

/** The lab's endpoint on every server, as far as it depends on container internals. */
@ArquillianTest
@RunAsClient
class LabIT extends DeployedWar {
    private URI lab(String purpose) {
        return at("lab/socket?do=" + purpose);
    }

    private TextClient connect(String purpose) {
        return connect(lab(purpose));
    }

    @Test
    void theClientReceivesItsHandshake() throws IOException {
        try (RawClient client = new RawClient(lab("tell"), "Origin: " + origin(), "Cookie: a=b")) {
            JsonObject handshake =
                    Json.createReader(new StringReader(client.next().text())).readObject();
            Map<String, String> request = fields(handshake.getJsonObject("request"));
            assertEquals("dGhlIHNhbXBsZSBub25jZQ==", request.get("Sec-WebSocket-Key"));
            assertEquals(origin(), request.get("Origin"));
            assertEquals("…", request.get("Cookie"));
            Map<String, String> response = fields(handshake.getJsonObject("answer"));
            for (String name : List.of("Sec-WebSocket-Accept", "Upgrade", "Connection")) {
                assertEquals(client.header(name), response.get(name), name);
            }
        }
    }

    private static Map<String, String> fields(JsonObject part) {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonValue field : part.getJsonArray("fields")) {
            JsonArray pair = field.asJsonArray();
            fields.put(pair.getString(0), pair.getString(1));
        }
        return fields;
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1009, 1011})
    void theServerClosesWithTheRequestedCodeAndReason(int code) {
        TextClient user = connect("close");
        user.send(code + " as requested");
        assertEquals(new TextClient.Closed(code, "as requested"), user.awaitClosed());
    }

    @Test
    void aConnectionIsAbortedWithoutACloseFrame() throws IOException {
        try (RawClient client = new RawClient(lab("close"))) {
            client.send("1006");
            assertEnds(client::next);
        }
        // The container has released the connection, too.
        connect("echo").send("still served");
    }

    private static void assertEnds(Executable read) {
        try {
            read.execute();
        } catch (EOFException | SocketException expected) {
            return;
        } catch (Throwable other) {
            throw new AssertionError("The connection did not end as expected", other);
        }
        throw new AssertionError("A frame was received before the end");
    }

    @Test
    void aConnectionThatIsReadSlowlyDelaysNoOther() {
        List<TextClient> slow = List.of(connect("slow"), connect("slow"), connect("slow"));
        byte[] chunk = new byte[64 << 10];
        for (TextClient each : slow) {
            for (int n = 0; n < 8; n++) {
                each.send(chunk);
            }
        }
        TextClient other = connect("echo");
        other.send("quick");
        other.awaitTexts(List.of("quick"));
        for (TextClient each : slow) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> each.texts().contains(Integer.toString(8 * chunk.length)));
            assertTrue(each.isOpen());
        }
    }
}
