package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.matrix.Behaviour;
import veche.testing.MetricsClient;
import veche.testing.RawClient;
import veche.testing.RawHandshake;
import veche.testing.TextClient;

/**
 * Violations of the protocol and of limits close the connection of their sender, with the same code on every server.
 */
@ArquillianTest
@RunAsClient
class CloseCodesIT extends DeployedWar {
    private static final int MAX_TEXT_BYTES = 64 << 10;
    private static final int MAX_BINARY_BYTES = 1 << 20;

    @Test
    void aTextAboveTheLimitClosesItsSenderWith1009AndOthersAreUnaffected() {
        TextClient ann = join();
        TextClient flooder = join();
        flooder.send("x".repeat(MAX_TEXT_BYTES));
        ann.awaitTexts(List.of("x".repeat(50)));
        flooder.send("ж".repeat(MAX_TEXT_BYTES / 2) + "x");
        int code = flooder.awaitClosed().code();
        Behaviour.TEXT_TOO_BIG.seen(code);
        assertEquals(1009, code);
        ann.send("still connected");
        ann.awaitTexts(List.of("x".repeat(50), "still connected"));
    }

    @Test
    void aFragmentedTextAboveTheLimitClosesWith1009() {
        TextClient flooder = join();
        for (int part = 0; part < 5 && flooder.isOpen(); part++) {
            try {
                flooder.sendPart("x".repeat(MAX_TEXT_BYTES / 4), false);
            } catch (RuntimeException closedMeanwhile) {
                break;
            }
        }
        int code = flooder.awaitClosed().code();
        Behaviour.PARTS_TOO_BIG.seen(code);
        assertEquals(1009, code);
    }

    @Test
    void aBinaryMessageAboveTheLimitClosesWith1009() throws IOException {
        try (RawClient flooder = new RawClient(chat())) {
            flooder.send(RawClient.BINARY, new byte[MAX_BINARY_BYTES + 1]);
            int code = flooder.closeCode();
            Behaviour.BINARY_TOO_BIG.seen(code);
            assertEquals(1009, code);
        }
    }

    @Test
    void aTextThatIsNotUtf8ClosesWith1007() throws IOException {
        try (RawClient raw = new RawClient(chat())) {
            raw.send(RawClient.TEXT, new byte[] {(byte) 0xC3, 0x28});
            int code = raw.closeCode();
            Behaviour.NOT_UTF8.seen(code);
            assertEquals(1007, code);
        }
    }

    /** RFC 6455 §7.1.1. */
    @Test
    void aClientThatDoesNotAnswerTheCloseFrameIsDisconnected() throws IOException {
        try (RawClient raw = new RawClient(at("chat"), "Sec-WebSocket-Protocol: wamp.2.json")) {
            raw.send("nonsense");
            assertEquals(1002, raw.closeCode());
            assertEquals(1006, raw.closeCode());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x83, 0xB1, 0x80, 0x8B})
    void aFrameThatViolatesTheProtocolClosesWith1002(int first) throws IOException {
        try (RawClient raw = new RawClient(chat())) {
            raw.send(first, "x".getBytes(StandardCharsets.UTF_8));
            int code = raw.closeCode();
            Behaviour.PROTOCOL_ERROR.seen(code);
            assertEquals(1002, code);
        }
    }

    /** RFC 6455 §5.1, whether the connection has compression or not. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Mark: none", "Sec-WebSocket-Extensions: permessage-deflate"})
    void anUnmaskedFrameClosesWith1002AndNoEarlierFrameIsLost(String header) throws IOException {
        TextClient ann = join();
        byte[] masked = RawClient.frame(RawClient.TEXT, "masked".getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(masked, masked.length + 3);
        System.arraycopy(new byte[] {(byte) RawClient.TEXT, 1, 'x'}, 0, both, masked.length, 3);
        try (RawClient raw = new RawClient(chat(), header)) {
            raw.sendAndAwait("joined");
            raw.write(both);
            int code = raw.closeCode();
            Behaviour.UNMASKED.seen(code);
            assertEquals(1002, code);
        }
        ann.awaitTexts(List.of("joined", "masked"));
    }

    @Test
    void aBinaryMessageToHelloClosesWith1003() throws IOException {
        try (RawClient raw = new RawClient(at("hello"))) {
            raw.send(RawClient.BINARY, new byte[] {1});
            int code = raw.closeCode();
            Behaviour.UNACCEPTABLE.seen(code);
            assertEquals(1003, code);
        }
    }

    @Test
    void aMalformedWampMessageClosesWith1002AndOthersAreUnaffected() throws IOException {
        TextClient ann = join();
        try (RawClient raw = new RawClient(at("chat"), "Sec-WebSocket-Protocol: wamp.2.json")) {
            raw.send("nonsense");
            assertEquals(1002, raw.closeCode());
        }
        ann.send("undisturbed");
        ann.awaitTexts(List.of("undisturbed"));
    }

    @Test
    void aClientThatNeverReadsIsClosedWith1013AndOthersReceiveEverything() throws IOException {
        int others = 20;
        int messagesAtOnce = 8;
        // More than the kernel and the server together buffer for a client that reads nothing.
        int rounds = 32;
        byte[] message = new byte[64 << 10];
        double before = slowConsumers();
        try (Socket neverReads = RawHandshake.of(chat()).withoutReading()) {
            List<TextClient> readers =
                    IntStream.range(0, others).mapToObj(n -> join()).toList();
            for (int round = 1; round <= rounds; round++) {
                IntStream.range(0, messagesAtOnce).forEach(n -> readers.get(0).send(message));
                long expected = (long) round * messagesAtOnce * message.length;
                Awaitility.await()
                        .atMost(60, TimeUnit.SECONDS)
                        .until(() -> readers.stream().allMatch(reader -> reader.binaryBytes() == expected));
            }
            assertTrue(readers.stream().allMatch(TextClient::isOpen));
            assertTrue(endsWithin(neverReads, (long) rounds * messagesAtOnce * message.length));
            double counted = slowConsumers() - before;
            Behaviour.SLOW.seen(counted == 1 ? "1013" : "1013 × " + counted);
            assertEquals(1, counted);
        }
    }

    /** The number of connections closed with 1013 so far. */
    private double slowConsumers() throws IOException {
        return MetricsClient.scrape(http("metrics"))
                .lines()
                .filter(line -> line.startsWith("veche_closes_total{code=\"1013\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Whether the server ends the connection before it has sent that many bytes. */
    private static boolean endsWithin(Socket socket, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long read = 0;
        try {
            for (int some = 0; some >= 0; some = socket.getInputStream().read(buffer)) {
                read += some;
            }
        } catch (SocketException reset) {
            return read < bytes;
        }
        return read < bytes;
    }
}
