package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.PUBLISH;
import static veche.testing.MessageType.PUBLISHED;
import static veche.testing.MessageType.WELCOME;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import veche.matrix.Behaviour;
import veche.matrix.Shows;
import veche.testing.MetricsClient;
import veche.testing.RawClient;
import veche.testing.RawHandshake;

/** Properties of the unmodified WAR that depend on the server: transports, compression, metrics, health, limits. */
@ArquillianTest
@RunAsClient
class DeploymentIT extends DeployedWar {
    @Test
    void aMessageIsBroadcastToTheRoomIncludingItsSender() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=square"));
                RawClient bob = new RawClient(at("chat?room=square"))) {
            assertTrue(ann.response().startsWith("HTTP/1.1 101"), ann.response());
            ann.sendAndAwait("ann has joined");
            bob.sendAndAwait("Hello");
            assertEquals("Hello", ann.next().text());
        }
    }

    @Test
    void theFirstSubprotocolIsSelectedAndCompressionNegotiatedWhereItIsSafe() throws IOException {
        try (RawClient soap = new RawClient(
                        at("chat"),
                        "Sec-WebSocket-Protocol: soap, wamp",
                        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
                RawClient wamp = new RawClient(at("chat"), "Sec-WebSocket-Protocol: wamp, soap")) {
            Path captured = Path.of("target", "handshakes", System.getProperty("arquillian.launch") + ".txt");
            Files.createDirectories(captured.getParent());
            Files.writeString(captured, soap.request() + soap.response(), StandardCharsets.ISO_8859_1);
            String extensions = soap.header("Sec-WebSocket-Extensions");
            Behaviour.SUBPROTOCOL.seen(soap.header("Sec-WebSocket-Protocol"));
            Behaviour.EXTENSION.seen(extensions == null ? "–" : extensions);
            assertEquals("soap", soap.header("Sec-WebSocket-Protocol"));
            assertEquals("wamp", wamp.header("Sec-WebSocket-Protocol"));
            assertEquals(System.getProperty("expected.extensions"), String.valueOf(extensions));
        }
    }

    @Test
    void aMalformedHandshakeHasTheSameStatusOnEveryServer() {
        URI chat = at("chat");
        assertEquals(101, RawHandshake.of(chat).status());
        assertEquals(101, RawHandshake.of(chat).with("Upgrade", "WebSocket").status());
        assertEquals(
                405,
                RawHandshake.of(chat).method("POST").with("Content-Length", "0").status());
        assertEquals(400, RawHandshake.of(chat).without("Sec-WebSocket-Key").status());
        assertEquals(
                400,
                RawHandshake.of(chat)
                        .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ==")
                        .status());
        assertEquals(400, RawHandshake.of(chat).with("Connection", "keep-alive").status());
        assertEquals(400, RawHandshake.of(chat).without("Connection").status());
        assertEquals(
                426, RawHandshake.of(chat).with("Sec-WebSocket-Version", "8").status());
        assertNotEquals(
                200,
                RawHandshake.of(chat, contextPath() + "/chat")
                        .without("Upgrade")
                        .status());
    }

    @Test
    void theServersNativeTransportIsUsed() throws IOException, InterruptedException {
        try (RawClient ann = new RawClient(at("chat"))) {
            ann.send("Hello");
            assertEquals("Hello", ann.next().text());
        }
        String metrics = get("metrics", 200, "Authorization", MetricsClient.AUTHORIZATION);
        String transport = System.getProperty("expected.transport");
        metrics.lines()
                .filter(line -> line.startsWith("veche_transport{") && line.endsWith(" 1.0"))
                .forEach(line -> Behaviour.SEND_PATH.seen("`" + line.split("\"")[1] + "`"));
        assertTrue(metrics.contains("veche_transport{transport=\"" + transport + "\"} 1.0"), metrics);
        assertTrue(metrics.contains("veche_transport{transport=\"StandardTransport\"} 0.0"), metrics);
        assertTrue(metrics.contains("veche_deliveries_total "), metrics);
    }

    @Test
    void metricsRequireTheirTokenWhateverTheClientsAddress() throws IOException, InterruptedException {
        for (String path : List.of("metrics", "metrics/")) {
            get(path, 401);
            get(path, 401, "X-Forwarded-For", "203.0.113.7");
            get(path, 401, "Authorization", "Bearer ");
            get(path, 401, "Authorization", "Bearer not-" + MetricsClient.TOKEN);
            assertTrue(
                    get(path, 200, "Authorization", MetricsClient.AUTHORIZATION).contains("veche_connections "));
        }
        get("metrics/base", 404, "Authorization", MetricsClient.AUTHORIZATION);
    }

    @Test
    void healthChecksReportUp() throws IOException, InterruptedException {
        String storage = "{\"name\":\"storage\",\"status\":\"UP\",\"data\":{\"accepting\":true}}";
        assertEquals("{\"status\":\"UP\",\"checks\":[" + storage + "]}", get("health/live", 200));
        assertEquals("{\"status\":\"UP\",\"checks\":[" + storage + "]}", get("health/ready", 200));
    }

    @Test
    void aFrameThatInflatesBeyondTheLimitClosesWith1009AndOthersAreUnaffected() throws IOException {
        try (RawClient sender = new RawClient(at("chat?room=square"), "Sec-WebSocket-Extensions: permessage-deflate");
                RawClient ann = new RawClient(at("chat?room=square"))) {
            sender.send(RawClient.COMPRESSED_TEXT, compressedSpaces(64 << 20));
            boolean agreed = sender.header("Sec-WebSocket-Extensions") != null;
            // RFC 6455 §5.2: a reserved bit without a negotiated extension is a protocol error.
            int code = sender.closeCode();
            Behaviour.BOMB.seen(code);
            assertEquals(agreed ? 1009 : 1002, code);
            ann.send("Still here");
            assertEquals("Still here", ann.next().text());
        }
    }

    @Test
    void aParameterRequestedForTheServersCompressionIsAccepted() throws IOException {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover";
        try (RawClient ann = new RawClient(at("chat?room=square"), offer)) {
            String agreed = ann.header("Sec-WebSocket-Extensions");
            assertTrue(agreed == null || agreed.contains("server_no_context_takeover"), agreed);
        }
    }

    @Test
    void aFrameThatCannotBeInflatedClosesOnlyItsConnection() throws IOException {
        try (RawClient sender = new RawClient(at("chat?room=square"), "Sec-WebSocket-Extensions: permessage-deflate");
                RawClient ann = new RawClient(at("chat?room=square"))) {
            sender.send(RawClient.COMPRESSED_TEXT, new byte[] {-1, -1, 1, 2});
            assertEquals(1002, sender.closeCode());
            ann.send("Still here");
            assertEquals("Still here", ann.next().text());
        }
    }

    @Test
    void aTextOfASubprotocolAboveAMebibyteClosesWith1009() throws IOException {
        try (RawClient ann = new RawClient(at("chat"), "Sec-WebSocket-Protocol: wamp.2.json")) {
            ann.send("[" + HELLO + ",\"veche\",{\"roles\":{\"publisher\":{}}}]");
            assertTrue(ann.next().text().startsWith("[" + WELCOME + ","));
            ann.send("[" + PUBLISH + ",1,{\"acknowledge\":true},\"a.b\",[\"" + "x".repeat((1 << 20) - 50) + "\"]]");
            assertTrue(ann.next().text().startsWith("[" + PUBLISHED + ",1,"));
            ann.send("x".repeat((1 << 20) + 1));
            assertEquals(1009, ann.closeCode());
        }
    }

    @Test
    void anEmptyTextIsBroadcast() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=empty"));
                RawClient bob = new RawClient(at("chat?room=empty"))) {
            ann.sendAndAwait("ann has joined");
            bob.sendAndAwait("bob has joined");
            assertEquals("bob has joined", ann.next().text());
            ann.send("");
            ann.send("after it");
            for (RawClient client : List.of(ann, bob)) {
                assertEquals("", client.next().text());
                assertEquals("after it", client.next().text());
            }
        }
    }

    @Test
    void anEmptyBinaryMessageIsBroadcast() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=empty-bytes"))) {
            ann.send(RawClient.BINARY, new byte[0]);
            ann.send("after it");
            assertEquals(0, ann.next().payload().length);
            assertEquals("after it", ann.next().text());
        }
    }

    @Test
    void aTextAboveTheLimitClosesWith1009() throws IOException {
        try (RawClient ann = new RawClient(at("chat"))) {
            ann.send("x".repeat((64 << 10) + 1));
            assertEquals(1009, ann.closeCode());
        }
    }

    @Test
    @Shows(Behaviour.PONG)
    void pingsOfAnActiveClientAreAnswered() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=pong"))) {
            for (int i = 0; i < 100; i++) {
                ann.send("Hello " + i);
                ann.send(RawClient.PING, new byte[] {(byte) i});
            }
            List<String> received = new ArrayList<>();
            int pongs = 0;
            while (received.size() < 100 || pongs < 100) {
                RawClient.Frame frame = ann.next();
                if (frame.first() == RawClient.PONG) {
                    assertEquals(pongs++, frame.payload()[0]);
                } else {
                    received.add(frame.text());
                }
            }
            assertEquals(IntStream.range(0, 100).mapToObj(i -> "Hello " + i).toList(), received);
        }
    }

    /** That many spaces, compressed as in RFC 7692 §7.2.1: without the last four octets. */
    private static byte[] compressedSpaces(int size) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 20];
        for (int consumed = 0; consumed < size; consumed += spaces.length) {
            deflater.setInput(spaces);
            for (int n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                    n > 0;
                    n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH)) {
                out.write(buffer, 0, n);
            }
        }
        deflater.end();
        return Arrays.copyOf(out.toByteArray(), out.size() - 4);
    }

    private String get(String path, int status, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(http(path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(status, response.statusCode(), response.body());
        return response.body();
    }
}
