package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What an operator sees: dead connections go, and a stop is told to everyone in good time. */
@Tag("operation")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComingAndGoingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Payara payara;

    @BeforeAll
    static void start() throws IOException {
        payara = new Payara("veche.ping.interval=1s", "veche.ping.timeout=1s", "veche.shutdown.spread=3s");
    }

    @AfterAll
    static void end() throws InterruptedException {
        payara.kill();
    }

    /** How a connection ended. */
    private record Closed(int code, String reason) {}

    /** Answers pings, as the JDK's client does by itself. */
    private static final class Living implements WebSocket.Listener {
        private final CompletableFuture<Closed> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(new Closed(code, reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete(new Closed(1006, failure.toString()));
        }
    }

    private static URI chat() {
        return URI.create("ws://127.0.0.1:" + payara.port() + "/chat?room=gate");
    }

    private static Living join() {
        Living living = new Living();
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(chat(), living)
                .join();
        return living;
    }

    /** A client that has shaken hands and never says anything again, as after a pulled cable. */
    private static Socket halfOpen() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), payara.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(handshake());
        return socket;
    }

    private static byte[] handshake() {
        return ("GET /chat?room=gate HTTP/1.1\r\nHost: 127.0.0.1:" + payara.port()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int handshakeStatus() {
        try (Socket socket = halfOpen()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] start = new byte["HTTP/1.1 101".length()];
            in.readFully(start);
            return Integer.parseInt(new String(start, StandardCharsets.ISO_8859_1).substring(9));
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Payara would give a request back to its pool twice, and two handshakes would share it. */
    @Test
    @Order(0)
    void whoIsClosedByTheServerAndComesBackAtOnceSpoilsNoHandshake() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        URI lab = URI.create("ws://127.0.0.1:" + payara.port() + "/lab/socket?do=close");
        for (int turn = 0; turn < 300; turn++) {
            Living living = new Living();
            WebSocket socket =
                    client.newWebSocketBuilder().buildAsync(lab, living).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            socket.sendText("1001 come back", true);
            assertEquals(new Closed(1001, "come back"), living.closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(0, payara.faults());
    }

    @Test
    @Order(1)
    void whoNoLongerAnswersPingsIsGoneAndWhoAnswersStays() throws Exception {
        Living living = join();
        try (Socket dead = halfOpen()) {
            await().atMost(PATIENCE).until(() -> payara.connections() == 2);
            await().atMost(PATIENCE).until(() -> payara.connections() == 1);
            int read = 0;
            while (read >= 0) {
                read = dead.getInputStream().read(new byte[1024]);
            }
        }
        assertTrue(!living.closed.isDone());
    }

    @Test
    @Order(2)
    void aConnectionThatIsCutIsGoneWithinThePingsTime() throws Exception {
        int before = payara.connections();
        halfOpen().close();
        await().atMost(PATIENCE).until(() -> payara.connections() == before);
    }

    /** Tyrus keeps two buffers as large as the largest message, which 300 clients would feel. */
    @Test
    @Order(3)
    void whoHasSentMuchHoldsNoMemoryForItAfterwards() throws Exception {
        List<WebSocket> crowd = new ArrayList<>();
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 300; i++) {
            crowd.add(client.newWebSocketBuilder()
                    .buildAsync(chat(), new Living())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        long before = payara.livingBytes();
        String large = "m".repeat(60_000);
        for (WebSocket each : crowd) {
            each.sendText(large, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        long allowed = before + 300 * 60_000 / 2;
        try {
            await().atMost(PATIENCE).until(payara::livingBytes, now -> now < allowed);
        } finally {
            crowd.forEach(WebSocket::abort);
        }
    }

    @Test
    @Order(4)
    void aStopTellsEveryoneWhenToComeBackAndRefusesNewcomers() throws Exception {
        List<Living> crowd = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            crowd.add(join());
        }
        payara.stop();
        List<Integer> answers = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(20, TimeUnit.MILLISECONDS).until(() -> {
            answers.add(handshakeStatus());
            return answers.contains(503);
        });
        for (Living each : crowd) {
            Closed closed = each.closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEquals(new Closed(1001, "The server is shutting down; reconnect within 3000 ms"), closed);
        }
        await().atMost(PATIENCE).until(() -> !payara.running());
    }
}
