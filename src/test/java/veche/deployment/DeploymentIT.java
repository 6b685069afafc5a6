package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
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
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import veche.Scrape;
import veche.matrix.Behaviour;
import veche.matrix.Shows;

/** The same WAR, untouched, on each server of the matrix. */
@ArquillianTest
@RunAsClient
class DeploymentIT {
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    /** Payara names the machine's own address, and listens on the loopback. */
    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + base.getPort() + base.getPath() + path);
    }

    @Test
    void everyoneInTheRoomHearsWhatIsSaidTheSenderToo() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=square"));
                RawClient bob = new RawClient(at("chat?room=square"))) {
            assertTrue(ann.answer().startsWith("HTTP/1.1 101"), ann.answer());
            ann.sayAndAwait("ann is in");
            bob.sayAndAwait("Hello");
            assertEquals("Hello", ann.next().text());
        }
    }

    @Test
    void theHandshakeChoosesTheFirstOfTheClientsSubprotocolsAndCompressesWhereThatIsSafe() throws IOException {
        try (RawClient soap = new RawClient(
                        at("chat"),
                        "Sec-WebSocket-Protocol: soap, wamp",
                        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
                RawClient wamp = new RawClient(at("chat"), "Sec-WebSocket-Protocol: wamp, soap")) {
            Path captured = Path.of("target", "handshakes", System.getProperty("arquillian.launch") + ".txt");
            Files.createDirectories(captured.getParent());
            Files.writeString(captured, soap.request() + soap.answer(), StandardCharsets.ISO_8859_1);
            String extensions = soap.header("Sec-WebSocket-Extensions");
            Behaviour.SUBPROTOCOL.seen(soap.header("Sec-WebSocket-Protocol"));
            Behaviour.EXTENSION.seen(extensions == null ? "–" : extensions);
            assertEquals("soap", soap.header("Sec-WebSocket-Protocol"));
            assertEquals("wamp", wamp.header("Sec-WebSocket-Protocol"));
            assertEquals(System.getProperty("expected.extensions"), String.valueOf(extensions));
        }
    }

    @Test
    void aMalformedHandshakeIsAnsweredAlikeOnEveryServer() {
        URI chat = at("chat");
        assertEquals(101, Knock.at(chat).status());
        assertEquals(101, Knock.at(chat).with("Upgrade", "WebSocket").status());
        assertEquals(405, Knock.at(chat).by("POST").with("Content-Length", "0").status());
        assertEquals(400, Knock.at(chat).without("Sec-WebSocket-Key").status());
        assertEquals(
                400,
                Knock.at(chat).with("Sec-WebSocket-Key", "dGhlIHNhbXBsZQ==").status());
        assertEquals(400, Knock.at(chat).with("Connection", "keep-alive").status());
        assertEquals(400, Knock.at(chat).without("Connection").status());
        assertEquals(426, Knock.at(chat).with("Sec-WebSocket-Version", "8").status());
        assertNotEquals(
                200, Knock.at(chat, base.getPath() + "/chat").without("Upgrade").status());
    }

    @Test
    void theServersOwnFastWayOutIsInUse() throws IOException, InterruptedException {
        try (RawClient ann = new RawClient(at("chat"))) {
            ann.say("Hello");
            assertEquals("Hello", ann.next().text());
        }
        String metrics = get("metrics", 200, "Authorization", Scrape.AUTHORIZATION);
        String transport = System.getProperty("expected.transport");
        metrics.lines()
                .filter(line -> line.startsWith("veche_transport{") && line.endsWith(" 1.0"))
                .forEach(line -> Behaviour.SEND_PATH.seen("`" + line.split("\"")[1] + "`"));
        assertTrue(metrics.contains("veche_transport{transport=\"" + transport + "\"} 1.0"), metrics);
        assertTrue(metrics.contains("veche_transport{transport=\"StandardTransport\"} 0.0"), metrics);
        assertTrue(metrics.contains("veche_deliveries_total "), metrics);
    }

    @Test
    void metricsAreForTheBearerOfTheirTokenWhereverTheRequestComesFrom() throws IOException, InterruptedException {
        for (String path : List.of("metrics", "metrics/")) {
            get(path, 401);
            get(path, 401, "X-Forwarded-For", "203.0.113.7");
            get(path, 401, "Authorization", "Bearer ");
            get(path, 401, "Authorization", "Bearer not-" + Scrape.TOKEN);
            assertTrue(get(path, 200, "Authorization", Scrape.AUTHORIZATION).contains("veche_connections "));
        }
        get("metrics/base", 404, "Authorization", Scrape.AUTHORIZATION);
    }

    @Test
    void itIsAliveAndReady() throws IOException, InterruptedException {
        assertEquals("{\"status\":\"UP\",\"checks\":[]}", get("health/live", 200));
        assertEquals("{\"status\":\"UP\",\"checks\":[]}", get("health/ready", 200));
    }

    @Test
    void aSmallFrameThatInflatesBeyondTheLimitIsTooBigAndDisturbsNobodyElse() throws IOException {
        try (RawClient bomber = new RawClient(at("chat?room=square"), "Sec-WebSocket-Extensions: permessage-deflate");
                RawClient ann = new RawClient(at("chat?room=square"))) {
            bomber.send(RawClient.COMPRESSED_TEXT, bomb(64 << 20));
            boolean agreed = bomber.header("Sec-WebSocket-Extensions") != null;
            // RFC 6455 §5.2: a reserved bit that nothing was agreed on for is a protocol error.
            int code = bomber.closeCode();
            Behaviour.BOMB.seen(code);
            assertEquals(agreed ? 1009 : 1002, code);
            ann.say("Still here");
            assertEquals("Still here", ann.next().text());
        }
    }

    @Test
    void whatAClientAsksOfTheServersCompressionIsAnsweredAsItAsks() throws IOException {
        String wish = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover";
        try (RawClient ann = new RawClient(at("chat?room=square"), wish)) {
            String agreed = ann.header("Sec-WebSocket-Extensions");
            assertTrue(agreed == null || agreed.contains("server_no_context_takeover"), agreed);
        }
    }

    @Test
    void aFrameThatCannotBeInflatedEndsItsConnectionAlone() throws IOException {
        try (RawClient sloppy = new RawClient(at("chat?room=square"), "Sec-WebSocket-Extensions: permessage-deflate");
                RawClient ann = new RawClient(at("chat?room=square"))) {
            sloppy.send(RawClient.COMPRESSED_TEXT, new byte[] {-1, -1, 1, 2});
            assertEquals(1002, sloppy.closeCode());
            ann.say("Still here");
            assertEquals("Still here", ann.next().text());
        }
    }

    @Test
    void aTextOfASubprotocolMayHaveAMebibyteAndNoMore() throws IOException {
        try (RawClient ann = new RawClient(at("chat"), "Sec-WebSocket-Protocol: wamp.2.json")) {
            ann.say("[1,\"veche\",{\"roles\":{\"publisher\":{}}}]");
            assertTrue(ann.next().text().startsWith("[2,"));
            ann.say("[16,1,{\"acknowledge\":true},\"a.b\",[\"" + "x".repeat((1 << 20) - 50) + "\"]]");
            assertTrue(ann.next().text().startsWith("[17,1,"));
            ann.say("x".repeat((1 << 20) + 1));
            assertEquals(1009, ann.closeCode());
        }
    }

    @Test
    void anEmptyTextIsBroadcastAsEveryOther() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=empty"));
                RawClient bob = new RawClient(at("chat?room=empty"))) {
            ann.sayAndAwait("ann is in");
            bob.sayAndAwait("bob is in");
            assertEquals("bob is in", ann.next().text());
            ann.say("");
            ann.say("after it");
            for (RawClient one : List.of(ann, bob)) {
                assertEquals("", one.next().text());
                assertEquals("after it", one.next().text());
            }
        }
    }

    @Test
    void emptyBytesAreBroadcastAsAllOthers() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=empty-bytes"))) {
            ann.send(0x82, new byte[0]);
            ann.say("after it");
            assertEquals(0, ann.next().payload().length);
            assertEquals("after it", ann.next().text());
        }
    }

    @Test
    void aTextAboveTheLimitIsTooBig() throws IOException {
        try (RawClient ann = new RawClient(at("chat"))) {
            ann.say("x".repeat((64 << 10) + 1));
            assertEquals(1009, ann.closeCode());
        }
    }

    @Test
    @Shows(Behaviour.PONG)
    void pongsReachAClientThatTalks() throws IOException {
        try (RawClient ann = new RawClient(at("chat?room=pong"))) {
            for (int i = 0; i < 100; i++) {
                ann.say("Hello " + i);
                ann.send(RawClient.PING, new byte[] {(byte) i});
            }
            List<String> heard = new ArrayList<>();
            int pongs = 0;
            while (heard.size() < 100 || pongs < 100) {
                RawClient.Frame frame = ann.next();
                if (frame.first() == RawClient.PONG) {
                    assertEquals(pongs++, frame.payload()[0]);
                } else {
                    heard.add(frame.text());
                }
            }
            assertEquals(IntStream.range(0, 100).mapToObj(i -> "Hello " + i).toList(), heard);
        }
    }

    /** So many spaces, compressed as RFC 7692 §7.2.1 wants it: without the last four octets. */
    private static byte[] bomb(int size) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 20];
        for (int fed = 0; fed < size; fed += spaces.length) {
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
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(status, answer.statusCode(), answer.body());
        return answer.body();
    }
}
