package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lab's socket on every server: what depends on the container's inside. */
@ArquillianTest
@RunAsClient
class LabIT {
    private final List<Chatter> users = new ArrayList<>();

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @AfterEach
    void everyoneLeaves() {
        users.forEach(Chatter::close);
    }

    private URI lab(String purpose) {
        return URI.create("ws://127.0.0.1:" + base.getPort() + base.getPath() + "lab/socket?do=" + purpose);
    }

    private Chatter roomSessions(String purpose) {
        Chatter user = new Chatter(lab(purpose));
        users.add(user);
        return user;
    }

    @Test
    void theHandshakeIsToldAsItWas() throws IOException {
        try (RawClient client =
                new RawClient(lab("tell"), "Origin: http://127.0.0.1:" + base.getPort(), "Cookie: a=b")) {
            JsonObject told =
                    Json.createReader(new StringReader(client.next().text())).readObject();
            Map<String, String> asked = fields(told.getJsonObject("request"));
            assertEquals("dGhlIHNhbXBsZSBub25jZQ==", asked.get("Sec-WebSocket-Key"));
            assertEquals("http://127.0.0.1:" + base.getPort(), asked.get("Origin"));
            assertEquals("…", asked.get("Cookie"));
            Map<String, String> answered = fields(told.getJsonObject("answer"));
            for (String name : List.of("Sec-WebSocket-Accept", "Upgrade", "Connection")) {
                assertEquals(client.header(name), answered.get(name), name);
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
    void theServerClosesAsItIsAsked(int code) {
        Chatter user = roomSessions("close");
        user.say(code + " so be it");
        assertEquals(new Chatter.Closed(code, "so be it"), user.awaitClosed());
    }

    @Test
    void aConnectionIsCutWithoutACloseFrame() throws IOException {
        try (RawClient client = new RawClient(lab("close"))) {
            client.say("1006");
            ends(client::next);
        }
        // The container has let go of it too.
        roomSessions("echo").say("still here");
    }

    private static void ends(Executable read) {
        try {
            read.execute();
        } catch (EOFException | SocketException expected) {
            return;
        } catch (Throwable other) {
            throw new AssertionError("The connection did not simply end", other);
        }
        throw new AssertionError("A frame came before the end");
    }

    @Test
    void whoIsReadSlowlyHoldsUpNobody() {
        List<Chatter> slow = List.of(roomSessions("slow"), roomSessions("slow"), roomSessions("slow"));
        byte[] chunk = new byte[64 << 10];
        for (Chatter each : slow) {
            for (int n = 0; n < 8; n++) {
                each.send(chunk);
            }
        }
        Chatter other = roomSessions("echo");
        other.say("quick");
        other.awaitTexts(List.of("quick"));
        for (Chatter each : slow) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> each.texts().contains(Integer.toString(8 * chunk.length)));
            assertTrue(each.open());
        }
    }
}
