package veche.socket;

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
import veche.dialect.Frame;
import veche.dialect.Opening;

/** The laboratory's end of the socket, without a container. */
class LabTest {
    private static final LabLimits LIMITS =
            new LabLimits(true, 2, Duration.ofMinutes(1), 1_000, 4_000, 1, 1_000_000, Duration.ofSeconds(1));

    private final Theatre theatre = new Theatre();
    private final SessionRegistry registry = new SessionRegistry();
    private final Gateway gateway = new Gateway(registry, theatre.fanout, List.of());
    private final FakeWire wire = new FakeWire();
    private Lab lab = new Lab(LIMITS, theatre.fanout);

    @AfterEach
    void close() {
        theatre.close();
    }

    private Dialogue visits(Wire way, String purpose) {
        Opening opening = new Opening(
                "",
                Theatre.ANN,
                URI.create("ws://site.com/lab/socket"),
                Map.of("do", purpose),
                Map.of(),
                "::1",
                List.of(Locale.ENGLISH));
        return gateway.open(way, lab, opening);
    }

    @Test
    void everythingComesBackAsItWas() {
        Dialogue dialogue = visits(wire, "echo");
        dialogue.text("Привет", true);
        dialogue.binary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true);
        theatre.play();
        assertEquals(
                List.of(new Frame.Text("Привет"), new Frame.Binary(ByteBuffer.wrap(new byte[] {1, 2, 3}))),
                wire.frames());
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
    void theServerClosesAsItIsAsked(String asked, int code, String reason) {
        visits(wire, "close").text(asked, true);
        theatre.play();
        Theatre.awaitClosed(wire, code);
        assertEquals(reason, wire.reason);
    }

    @Test
    void aConnectionIsCutWhereTheLossOfItIsAskedFor() {
        visits(wire, "close").text("1006", true);
        await().until(() -> wire.terminated && registry.size() == 0);
        assertEquals(1, theatre.fanout.traffic().closes().get(1006));
    }

    @Test
    void thoseWhoAreGoneAreRememberedWithHowTheyWent() {
        gateway.closed(visits(new FakeWire(), "echo"), 4001);
        visits(wire, "close").text("1011 an accident", true);
        theatre.play();
        await().until(() -> registry.gone().size() == 2);
        assertEquals(
                List.of(1011, 4001),
                registry.gone().stream().map(SessionRegistry.Gone::code).toList());
        assertEquals("an accident", registry.gone().get(0).reason());
        assertEquals("/lab/socket", registry.gone().get(0).path());
    }

    @Test
    void aMessageOverTheLimitIsTooBig() {
        visits(wire, "echo").text("ы".repeat(501), true);
        Theatre.awaitClosed(wire, 1009);
    }

    @Test
    void whoSendsOnAndOnIsShownTheDoorWithEmptyMessagesToo() {
        Dialogue dialogue = visits(wire, "echo");
        for (int i = 0; i < 4_000 / Lab.LEAST_COUNTED_BYTES; i++) {
            dialogue.text("", true);
        }
        assertEquals(0, wire.code);
        dialogue.text("", true);
        Theatre.awaitClosed(wire, 1008);
    }

    @Test
    void aVisitEnds() {
        lab = new Lab(
                new LabLimits(true, 2, Duration.ofMillis(1), 1_000, 4_000, 1, 1_000, Duration.ofSeconds(1)),
                theatre.fanout);
        visits(wire, "echo");
        await().until(() -> {
            theatre.play();
            return wire.code == 1000;
        });
    }

    @Test
    void theLabIsFullUntilSomebodyLeaves() {
        Dialogue first = visits(wire, "echo");
        assertFalse(lab.full());
        visits(new FakeWire(), "echo");
        assertTrue(lab.full());
        gateway.closed(first);
        assertFalse(lab.full());
    }

    /** A container that can stop reading. */
    private static final class Suspending implements Wire {
        private final FakeWire inner = new FakeWire();
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

        @Override
        public void send(Run run, java.util.function.Consumer<Throwable> done) {
            inner.send(run, done);
        }

        @Override
        public void ping() {
            inner.ping();
        }

        @Override
        public void close(int code, String reason) {
            inner.close(code, reason);
        }

        @Override
        public void terminate() {
            inner.terminate();
        }
    }

    @Test
    void aSlowReaderTellsHowFarItIsAndStopsReadingForAWhile() {
        Suspending slow = new Suspending();
        Dialogue dialogue = visits(slow, "slow");
        dialogue.binary(ByteBuffer.allocate(1_000), true);
        assertEquals(1, slow.suspensions);
        await().until(() -> !slow.suspended.get());
        dialogue.binary(ByteBuffer.allocate(1_000), true);
        theatre.play();
        assertEquals(List.of("1000", "2000"), slow.inner.texts());
    }

    @Test
    void aReaderThatCannotBeStoppedIsSlowAllTheSame() {
        Dialogue dialogue = visits(wire, "slow");
        dialogue.binary(ByteBuffer.allocate(1_000), true);
        theatre.play();
        assertEquals(List.of("1000"), wire.texts());
    }

    @Test
    void onlySoManyAreReadSlowlyAtOnce() {
        Dialogue first = visits(wire, "slow");
        FakeWire second = new FakeWire();
        visits(second, "slow");
        theatre.play();
        Theatre.awaitClosed(second, 1013);
        gateway.closed(first);
        FakeWire third = new FakeWire();
        visits(third, "slow").binary(ByteBuffer.allocate(10), true);
        theatre.play();
        assertEquals(0, third.code);
    }
}
