package veche.lab;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import veche.delivery.FakeTransport;
import veche.delivery.FanoutFixture;
import veche.delivery.Transport;
import veche.dialect.Frame;
import veche.dialect.HandshakeInfo;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;
import veche.socket.SessionRegistry;

/** The lab's dialect, without a container. */
class LabTest {
    private static final LabLimits LIMITS =
            new LabLimits(true, 2, Duration.ofMinutes(1), 1_000, 4_000, 1, 1_000_000, Duration.ofSeconds(1));

    private final FanoutFixture fixture = new FanoutFixture();
    private final SessionRegistry registry = new SessionRegistry();
    private final Gateway gateway = new Gateway(registry, fixture.fanout, List.of());
    private final FakeTransport transport = new FakeTransport();
    private Lab lab = new Lab(LIMITS, fixture.fanout.executor());

    @AfterEach
    void close() {
        fixture.close();
    }

    private ConnectionHandler open(Transport clientTransport, String purpose) {
        HandshakeInfo handshake = new HandshakeInfo(
                "",
                FanoutFixture.ANN,
                URI.create("ws://site.com/lab/socket"),
                Map.of("do", purpose),
                Map.of(),
                "::1",
                List.of(Locale.ENGLISH));
        return gateway.open(clientTransport, lab, handshake);
    }

    @Test
    void echoReturnsTextAndBinaryUnchanged() {
        ConnectionHandler handler = open(transport, "echo");
        handler.text("Привет", true);
        handler.binary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true);
        fixture.runUntilIdle();
        assertEquals(
                List.of(new Frame.Text("Привет"), new Frame.Binary(ByteBuffer.wrap(new byte[] {1, 2, 3}))),
                transport.frames());
    }

    @ParameterizedTest
    @CsvSource({
        "1000 done,1000,done",
        "1001,1001,''",
        "1009 too much,1009,too much",
        "1011 a planned accident,1011,a planned accident",
        "4000 ours,1003,This server never closes with such a code",
        "hello,1003,This server never closes with such a code"
    })
    void theServerClosesWithTheRequestedCode(String request, int code, String reason) {
        open(transport, "close").text(request, true);
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, code);
        assertEquals(reason, transport.reason);
    }

    @Test
    void aRequestedConnectionLossAbortsTheConnection() {
        open(transport, "close").text("1006", true);
        await().until(() -> transport.aborted && registry.size() == 0);
        assertEquals(1, fixture.fanout.traffic().closes().get(1006));
    }

    @Test
    void closedConnectionsAreRecordedWithTheirCodes() {
        gateway.closed(open(new FakeTransport(), "echo"), 4001);
        open(transport, "close").text("1011 an accident", true);
        fixture.runUntilIdle();
        await().until(() -> registry.gone().size() == 2);
        assertEquals(
                List.of(1011, 4001),
                registry.gone().stream()
                        .map(SessionRegistry.ClosedConnection::code)
                        .toList());
        assertEquals("an accident", registry.gone().get(0).reason());
        assertEquals("/lab/socket", registry.gone().get(0).path());
    }

    @Test
    void aMessageOverTheLimitClosesWith1009() {
        open(transport, "echo").text("ы".repeat(501), true);
        FanoutFixture.awaitClosed(transport, 1009);
    }

    @Test
    void exceedingTheVolumeClosesWith1008EvenForEmptyMessages() {
        ConnectionHandler handler = open(transport, "echo");
        for (int i = 0; i < 4_000 / Lab.LEAST_COUNTED_BYTES; i++) {
            handler.text("", true);
        }
        assertEquals(0, transport.code);
        handler.text("", true);
        FanoutFixture.awaitClosed(transport, 1008);
    }

    @Test
    void aSessionEndsAfterItsTimeLimit() {
        lab = new Lab(
                new LabLimits(true, 2, Duration.ofMillis(1), 1_000, 4_000, 1, 1_000, Duration.ofSeconds(1)),
                fixture.fanout.executor());
        open(transport, "echo");
        await().until(() -> {
            fixture.runUntilIdle();
            return transport.code == 1000;
        });
    }

    @Test
    void theLabIsFullUntilAClientLeaves() {
        ConnectionHandler first = open(transport, "echo");
        assertFalse(lab.full());
        open(new FakeTransport(), "echo");
        assertTrue(lab.full());
        gateway.closed(first);
        assertFalse(lab.full());
    }

    /** A transport that can suspend reading. */
    private static final class SuspendableTransport extends FakeTransport {
        private final AtomicBoolean suspended = new AtomicBoolean();
        private volatile int suspensions;

        @Override
        public boolean suspend() {
            suspensions++;
            return suspended.compareAndSet(false, true);
        }

        @Override
        public void resume() {
            suspended.set(false);
        }
    }

    @Test
    void aSlowReaderReportsItsProgressAndSuspendsReading() {
        SuspendableTransport slow = new SuspendableTransport();
        ConnectionHandler handler = open(slow, "slow");
        handler.binary(ByteBuffer.allocate(1_000), true);
        assertEquals(1, slow.suspensions);
        await().until(() -> !slow.suspended.get());
        handler.binary(ByteBuffer.allocate(1_000), true);
        fixture.runUntilIdle();
        assertEquals(List.of("1000", "2000"), slow.texts());
    }

    @Test
    void aSlowReaderWorksWithoutSuspension() {
        ConnectionHandler handler = open(transport, "slow");
        handler.binary(ByteBuffer.allocate(1_000), true);
        fixture.runUntilIdle();
        assertEquals(List.of("1000"), transport.texts());
    }

    @Test
    void theNumberOfSlowReadersIsLimited() {
        ConnectionHandler first = open(transport, "slow");
        FakeTransport second = new FakeTransport();
        open(second, "slow");
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(second, 1013);
        gateway.closed(first);
        FakeTransport third = new FakeTransport();
        open(third, "slow").binary(ByteBuffer.allocate(10), true);
        fixture.runUntilIdle();
        assertEquals(0, third.code);
    }
}
