package veche.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.delivery.FanoutFixture.ENCODER;
import static veche.delivery.FanoutFixture.HALL;
import static veche.delivery.FanoutFixture.MAX_PENDING;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.dialect.Frame;
import veche.limit.ClientMemory;
import veche.room.Room;

/** Limits on the bytes pending for a connection and for the node. */
class SlowConsumerTest {
    private static final String KILOBYTE = "k".repeat(1_000);
    private static final Duration NEVER = Duration.ofDays(1);

    private FanoutFixture fixture = new FanoutFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void reopen(ConnectionLimits limits, int cacheSize) {
        fixture.close();
        fixture = new FanoutFixture(limits, new Room.Recent(cacheSize, 1 << 20), 2);
    }

    private Connection following(FakeTransport transport) {
        Room hall = fixture.room(HALL);
        Connection client = fixture.connect(transport);
        client.follow(hall, hall.tail(), ENCODER, transport);
        fixture.runUntilIdle();
        return client;
    }

    private FakeTransport catchingUp(long after) {
        FakeTransport transport = new FakeTransport();
        fixture.connect(transport).follow(fixture.room(HALL), after, ENCODER, transport);
        return transport;
    }

    @Test
    void privateFramesOverTheBudgetCloseTheConnectionAndAreReleased() {
        FakeTransport slow = new FakeTransport().hold();
        Connection client = fixture.connect(slow);
        client.send(new Frame.Text("under way"));
        fixture.runUntilIdle();
        for (int i = 0; i < MAX_PENDING / KILOBYTE.length() + 1; i++) {
            client.send(new Frame.Text(KILOBYTE));
        }
        assertTrue(client.isClosed());
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(slow, 1013);
        assertTrue(slow.reason.contains("" + MAX_PENDING), slow.reason);
        fixture.assertNothingPending();
        assertEquals(List.of("under way"), slow.texts());
    }

    @Test
    void theConnectionThatHoldsMostIsClosedWhileTheMemoryOfTheNodeIsFull() {
        FakeTransport slow = new FakeTransport().hold();
        Connection client = fixture.connect(slow);
        client.send(new Frame.Text("under way"));
        fixture.runUntilIdle();
        fixture.fanout.memory().counter(ClientMemory.Part.CALL).add(FanoutFixture.MAX_CLIENT_BYTES);
        FakeTransport other = new FakeTransport();
        Connection light = fixture.connect(other);
        light.send(new Frame.Text("little"));
        client.send(new Frame.Text(KILOBYTE));
        fixture.runUntilIdle();
        FanoutFixture.awaitClosed(slow, 1013);
        assertEquals(List.of("little"), other.texts());
        fixture.assertNothingPending();
    }

    @Test
    void aSingleFrameLargerThanTheBudgetIsAccepted() {
        FakeTransport slow = new FakeTransport().hold();
        Connection client = fixture.connect(slow);
        client.send(new Frame.Text("under way"));
        fixture.runUntilIdle();
        client.send(new Frame.Text("x".repeat(2 * MAX_PENDING)));
        assertFalse(client.isClosed());
        slow.release();
        fixture.runUntilIdle();
        assertEquals(2, slow.texts().size());
        fixture.assertNothingPending();
    }

    @Test
    void messagesOverTheBudgetCloseOnlyTheSlowConsumer() {
        reopen(FanoutFixture.LIMITS, 64);
        FakeTransport slow = new FakeTransport().hold();
        following(slow);
        FakeTransport healthy = fixture.follower(HALL);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add(i + KILOBYTE);
            fixture.send(HALL, i + KILOBYTE);
            fixture.runUntilIdle();
        }
        FanoutFixture.awaitClosed(slow, 1013);
        assertEquals(sent, healthy.texts());
        assertEquals(0, healthy.code);
        fixture.assertNothingPending();
    }

    @Test
    void aSlowConsumerWithinTheBudgetReceivesEverything() {
        FakeTransport slow = new FakeTransport().hold();
        following(slow);
        List<String> sent = new ArrayList<>(fixture.sendMany(HALL, "m", 5));
        fixture.runUntilIdle();
        sent.addAll(fixture.sendMany(HALL, "n", 5));
        fixture.runUntilIdle();
        assertEquals(1, slow.batches.size());
        slow.release();
        fixture.runUntilIdle();
        assertEquals(sent, slow.texts());
    }

    @Test
    void writtenMessagesAreNotCountedAfterTheirEviction() {
        FakeTransport slow = new FakeTransport().hold();
        Connection client = following(slow);
        fixture.follower(HALL);
        client.send(new Frame.Text("under way"));
        fixture.runUntilIdle();
        fixture.send(HALL, KILOBYTE);
        fixture.runUntilIdle();
        List<String> later = fixture.sendMany(HALL, "m", FanoutFixture.CACHE_SIZE);
        fixture.runUntilIdle();
        assertNull(fixture.room(HALL).recent(1));
        slow.complete();
        fixture.runUntilIdle();
        assertEquals(List.of("under way", KILOBYTE), slow.texts());
        fixture.send(HALL, "last");
        fixture.runUntilIdle();
        assertEquals(String.join("", later).length() + "last".length(), client.pendingBytes());
    }

    @Test
    void catchingUpFromTheLogIsNotLimitedByTheBudget() {
        fixture.room(HALL);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sent.add(i + KILOBYTE);
            fixture.send(HALL, i + KILOBYTE);
        }
        fixture.runUntilIdle();
        FakeTransport slow = catchingUp(0).hold();
        fixture.runUntilIdle();
        sent.add("live");
        fixture.send(HALL, "live");
        fixture.runUntilIdle();
        assertEquals(0, slow.code);
        slow.release();
        fixture.runUntilIdle();
        assertEquals(sent, slow.texts());
    }

    @Test
    void thePendingBytesOfAllConnectionsAreBounded() {
        int maxPendingBytes = 50_000;
        reopen(
                new ConnectionLimits(
                        1 << 16, 1 << 20, 1 << 20, maxPendingBytes, Duration.ofSeconds(10), 1_000, NEVER, NEVER),
                16);
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(fixture.connect(new FakeTransport().hold()));
            clients.get(i).send(new Frame.Text("under way"));
        }
        fixture.runUntilIdle();
        for (int i = 0; i < 100; i++) {
            clients.get(i % 10).send(new Frame.Text(KILOBYTE));
            fixture.runUntilIdle();
            assertTrue(fixture.fanout.traffic().pendingBytes() <= maxPendingBytes);
        }
        assertTrue(clients.stream().anyMatch(Connection::isClosed));
        assertFalse(clients.stream().allMatch(Connection::isClosed));
    }
}
