package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import veche.testing.RawHandshake;
import veche.testing.TextClient;

/** What an operator observes: dead connections are closed, memory is released, and a stop informs every client. */
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

    private static URI chat() {
        return URI.create("ws://127.0.0.1:" + payara.port() + "/chat?room=gate");
    }

    private static TextClient join() {
        return new TextClient(chat());
    }

    /** A client that never sends anything after its handshake and answers no ping, as after a network failure. */
    private static Socket halfOpen() throws IOException {
        return RawHandshake.of(chat()).withoutReading();
    }

    /** 0 when there is no response. */
    private static int handshakeStatus() {
        try {
            return RawHandshake.of(chat()).status();
        } catch (UncheckedIOException noResponse) {
            return 0;
        }
    }

    /** Without the workaround, Payara returns a request to its pool twice, and two handshakes share it. */
    @Test
    @Order(0)
    void clientsThatReconnectAsSoonAsTheServerClosesThemShareNoRequest() throws Exception {
        URI lab = URI.create("ws://127.0.0.1:" + payara.port() + "/lab/socket?do=close");
        for (int turn = 0; turn < 300; turn++) {
            // Not closed by the test, so that the closing handshake completes.
            TextClient client = new TextClient(lab);
            client.send("1001 come back");
            assertEquals(new TextClient.Closed(1001, "come back"), client.awaitClosed());
        }
        assertEquals(0, payara.faults());
    }

    @Test
    @Order(1)
    void aConnectionThatAnswersNoPingIsClosedAndOthersStayOpen() throws Exception {
        TextClient responsive = join();
        try (Socket dead = halfOpen()) {
            await().atMost(PATIENCE).until(() -> payara.connections() == 2);
            await().atMost(PATIENCE).until(() -> payara.connections() == 1);
            int read = 0;
            while (read >= 0) {
                read = dead.getInputStream().read(new byte[1024]);
            }
        }
        assertTrue(responsive.isOpen());
    }

    @Test
    @Order(2)
    void aLostConnectionIsClosedWithinThePingTimeout() throws Exception {
        int before = payara.connections();
        halfOpen().close();
        await().atMost(PATIENCE).until(() -> payara.connections() == before);
    }

    /** Tyrus keeps two buffers as large as the largest message, which 300 clients make measurable. */
    @Test
    @Order(3)
    void memoryForLargeMessagesIsReleasedAfterwards() throws Exception {
        List<TextClient> crowd = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            crowd.add(join());
        }
        long before = payara.liveBytes();
        String large = "m".repeat(60_000);
        crowd.forEach(client -> client.send(large));
        long allowed = before + 300 * 60_000 / 2;
        try {
            await().atMost(PATIENCE).until(payara::liveBytes, now -> now < allowed);
        } finally {
            crowd.forEach(TextClient::close);
        }
    }

    @Test
    @Order(4)
    void aStopSendsEveryClientAReconnectWindowAndRejectsNewHandshakes() throws Exception {
        List<TextClient> crowd = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            crowd.add(join());
        }
        payara.stop();
        List<Integer> statuses = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(20, TimeUnit.MILLISECONDS).until(() -> {
            statuses.add(handshakeStatus());
            return statuses.contains(503);
        });
        TextClient.Closed expected =
                new TextClient.Closed(1001, "The server is shutting down; reconnect within 3000 ms");
        for (TextClient client : crowd) {
            assertEquals(expected, client.awaitClosed());
        }
        await().atMost(PATIENCE).until(() -> !payara.running());
    }
}
