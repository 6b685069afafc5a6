package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import veche.testing.EventReader;
import veche.testing.TextClient;

/** Subprotocols without WebSocket, alike on every server. */
@ArquillianTest
@RunAsClient
class FallbackIT extends DeployedWar {
    /** As browsers do without TLS: Payara loses the body of a request that offers HTTP/2. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final String HELLO = "[1,\"veche\",{\"roles\":{\"caller\":{},\"subscriber\":{}}}]";

    private EventReader open(String subprotocol) {
        EventReader reader = new EventReader(http("chat/http?subprotocol=" + subprotocol));
        await().until(() -> !reader.events().isEmpty());
        return reader;
    }

    private URI sending(EventReader reader) {
        EventReader.Event open = reader.events().get(0);
        assertEquals("open", open.type());
        try (JsonReader json = Json.createReader(new StringReader(open.data()))) {
            return http("chat/http?connection=" + json.readObject().getString("connection"));
        }
    }

    private static int send(URI address, String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static int send(URI address, String text) throws IOException, InterruptedException {
        return send(address, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static EventReader.Event awaitEvent(EventReader reader, String type, int number) {
        await().until(() -> of(reader, type).size() >= number);
        return of(reader, type).get(number - 1);
    }

    private static List<EventReader.Event> of(EventReader reader, String type) {
        return reader.events().stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    @Test
    void aWampSessionRunsOverHttp() throws Exception {
        try (EventReader reader = open("wamp.2.json")) {
            URI address = sending(reader);
            assertEquals(204, send(address, HELLO));
            assertTrue(awaitEvent(reader, "message", 1).data().startsWith("[2,"));
            assertEquals(204, send(address, "[32,1,{},\"veche.room." + room + "\"]"));
            assertTrue(awaitEvent(reader, "message", 2).data().startsWith("[33,1,"));
            TextClient bob = join();
            bob.send("Привет");
            assertTrue(awaitEvent(reader, "message", 3).data().contains("Привет"));
            assertEquals(204, send(address, "[48,2,{},\"veche.send\",[\"" + room + "\",\"over HTTP\"]]"));
            bob.awaitTexts(List.of("Привет", "over HTTP"));
        }
    }

    @Test
    void bytesAreSentAsTheyAreAndReceivedInBase64() throws Exception {
        try (EventReader reader = open("wamp.2.msgpack")) {
            // [1, "veche", {"roles": {"caller": {}}}]
            byte[] hello = Base64.getDecoder().decode("kwGldmVjaGWBpXJvbGVzgaZjYWxsZXKA");
            assertEquals(204, send(sending(reader), "application/octet-stream", hello));
            byte[] welcome =
                    Base64.getDecoder().decode(awaitEvent(reader, "binary", 1).data());
            assertEquals(0x93, welcome[0] & 0xFF);
            assertEquals(2, welcome[1]);
        }
    }

    @Test
    void theServerClosesWithCodeAndReason() throws Exception {
        try (EventReader reader = open("wamp.2.json")) {
            send(sending(reader), "no JSON");
            String close = awaitEvent(reader, "close", 1).data();
            assertTrue(close.contains("\"code\":1002"), close);
            reader.awaitEnd();
        }
    }

    @Test
    void aClosedConnectionIsNotFound() throws Exception {
        try (EventReader reader = open("wamp.2.json")) {
            URI address = sending(reader);
            HttpRequest close = HttpRequest.newBuilder(address).DELETE().build();
            assertEquals(
                    204,
                    CLIENT.send(close, HttpResponse.BodyHandlers.discarding()).statusCode());
            reader.awaitEnd();
            await().until(() -> send(address, HELLO) == 404);
        }
        assertEquals(404, send(http("chat/http?connection=unknown"), HELLO));
    }

    @Test
    void anUnknownSubprotocolAndAForeignOriginAreRefused() throws Exception {
        assertEquals(400, new EventReader(http("chat/http?subprotocol=unknown")).awaitStatus());
        assertEquals(
                403,
                new EventReader(http("chat/http?subprotocol=wamp.2.json"), "Origin", "https://evil.example")
                        .awaitStatus());
    }

    @Test
    void aMessageThatIsTooLargeClosesTheConnection() throws Exception {
        try (EventReader reader = open("wamp.2.json")) {
            URI address = sending(reader);
            send(address, "application/octet-stream", new byte[(1 << 20) + 10]);
            assertTrue(awaitEvent(reader, "close", 1).data().contains("\"code\":10"));
        }
    }
}
