package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.delivery.FanoutFixture.ATTIC;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.CloseCode;
import veche.dialect.Frame;

class ConnectionCloseTest {
    private final FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aClosedConnectionReleasesItsStateAndAcceptsNothing() {
        FakeTransport transport = fixture.transport().hold();
        Connection client = fixture.connect(transport);
        client.follow(fixture.room(HALL), 0, ENCODER, this);
        client.send(new Frame.Text("under way"));
        fixture.runUntilIdle();
        client.send(new Frame.Text("waits"));
        fixture.send(HALL, "waits too");
        fixture.log.commit();
        client.closeNow(CloseCode.POLICY, "Kicked");
        client.send(new Frame.Text("too late"));
        client.follow(fixture.room(ATTIC), 0, ENCODER, this);
        client.close(CloseCode.NORMAL, "too late");
        fixture.runUntilIdle();
        transport.release();
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1008);
        assertEquals(List.of("under way"), transport.texts());
        fixture.assertNothingPending();
        fixture.assertNoSubscriptions();
    }

    @Test
    void closingSendsPendingFramesFirst() {
        FakeTransport transport = fixture.transport();
        Connection client = fixture.connect(transport);
        client.follow(fixture.room(HALL), 0, ENCODER, this);
        fixture.runUntilIdle();
        fixture.send(HALL, "received");
        fixture.log.commit();
        client.send(new Frame.Text("ABORT"));
        client.close(CloseCode.PROTOCOL_ERROR, "Not a message");
        client.send(new Frame.Text("too late"));
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1002);
        assertEquals(List.of("received", "ABORT"), transport.texts());
        assertEquals("Not a message", transport.reason);
        fixture.assertNothingPending();
    }

    @Test
    void aCloseReasonIsTruncatedToTheFrameLimit() {
        FakeTransport transport = fixture.transport();
        fixture.connect(transport).close(CloseCode.NORMAL, "ы".repeat(100));
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1000);
        assertEquals("ы".repeat(61), transport.reason);
    }

    @Test
    void aServerFailureClosesWith1011AndAnIncidentId() {
        FakeTransport transport = fixture.transport();
        fixture.connect(transport).fail(new IllegalStateException("planted"));
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(transport, 1011);
        assertTrue(transport.reason.matches("Incident [0-9a-f-]{36}"), transport.reason);
    }

    @Test
    void theCloseIsReportedOnce() {
        FakeTransport transport = fixture.transport();
        Connection client = fixture.connect(transport);
        List<String> reported = new CopyOnWriteArrayList<>();
        client.onClosed(() -> reported.add("first"));
        client.closeNow(CloseCode.NORMAL, "");
        client.closeNow(CloseCode.POLICY, "");
        client.closedByPeer(1006);
        FanoutFixture.awaitClosed(transport, 1000);
        await().until(() -> !reported.isEmpty());
        assertEquals(List.of("first"), reported);
    }

    @Test
    void aConnectionThatTheContainerHasReleasedIsNotRetainedUntilTheCloseTimeout() {
        Reference<Connection> closed = closedConnection();
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            System.gc();
            fixture.runUntilIdle();
            return closed.refersTo(null);
        });
    }

    private Reference<Connection> closedConnection() {
        FakeTransport transport = new FakeTransport();
        Connection client = fixture.connect(transport);
        client.closeNow(CloseCode.NORMAL, "");
        FanoutFixture.awaitClosed(transport, 1000);
        return new WeakReference<>(client);
    }

    @Test
    void aListenerAddedAfterTheCloseIsCalledAtOnce() {
        Connection client = fixture.connect(fixture.transport());
        client.closeNow(CloseCode.NORMAL, "");
        List<String> reported = new CopyOnWriteArrayList<>();
        client.onClosed(() -> reported.add("late"));
        await().until(() -> reported.equals(List.of("late")));
    }

    @Test
    void aDelayedCloseHasItsReason() {
        FakeTransport transport = new FakeTransport();
        fixture.connect(transport).closeAfter(Duration.ofMillis(1), CloseCode.NORMAL, "Bye!");
        await().until(() -> {
            fixture.runUntilIdle();
            return transport.code == 1000;
        });
        assertEquals("Bye!", transport.reason);
    }
}
