package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.delivery.Theatre.HALL;
import static veche.delivery.Theatre.MAX_PENDING;
import static veche.delivery.Theatre.WORDING;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.dialect.CloseCode;
import veche.dialect.Frame;
import veche.room.RefusedException;
import veche.room.Room;
import veche.socket.Heartbeat;
import veche.socket.SessionRegistry;

class SlowClientTest {
    private static final String KILOBYTE = "k".repeat(1_000);
    private static final Duration NEVER = Duration.ofDays(1);

    private Theatre theatre = new Theatre();

    @AfterEach
    void close() {
        theatre.close();
    }

    private void reopen(ConnectionLimits limits, int ring) {
        theatre.close();
        theatre = new Theatre(limits, new Room.Recent(ring, 1 << 20), 2);
    }

    private Connection following(FakeWire transport) {
        Room hall = theatre.room(HALL);
        Connection client = theatre.connect(transport);
        client.follow(hall, hall.tail(), WORDING, transport);
        theatre.play();
        return client;
    }

    private FakeWire catchingUp(long after) {
        FakeWire transport = new FakeWire();
        theatre.connect(transport).follow(theatre.room(HALL), after, WORDING, transport);
        return transport;
    }

    @Test
    void privateFramesOverTheBudgetCloseAndFreeWhatWaited() {
        FakeWire slow = new FakeWire().hold();
        Connection client = theatre.connect(slow);
        client.send(new Frame.Text("under way"));
        theatre.play();
        for (int i = 0; i < MAX_PENDING / KILOBYTE.length() + 1; i++) {
            client.send(new Frame.Text(KILOBYTE));
        }
        assertTrue(client.isClosed());
        theatre.play();
        Theatre.awaitClosed(slow, 1013);
        assertTrue(slow.reason.contains("" + MAX_PENDING), slow.reason);
        theatre.assertNothingHeld();
        assertEquals(List.of("under way"), slow.texts());
    }

    @Test
    void oneFrameLargerThanTheBudgetIsStillTaken() {
        FakeWire slow = new FakeWire().hold();
        Connection client = theatre.connect(slow);
        client.send(new Frame.Text("under way"));
        theatre.play();
        client.send(new Frame.Text("x".repeat(2 * MAX_PENDING)));
        assertFalse(client.isClosed());
        slow.release();
        theatre.play();
        assertEquals(2, slow.texts().size());
        theatre.assertNothingHeld();
    }

    @Test
    void messagesOverTheBudgetCloseTheOneWhoLagsAndNobodyElse() {
        reopen(Theatre.LIMITS, 64);
        FakeWire slow = new FakeWire().hold();
        following(slow);
        FakeWire sound = theatre.follower(HALL);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            said.add(i + KILOBYTE);
            theatre.say(HALL, i + KILOBYTE);
            theatre.play();
        }
        Theatre.awaitClosed(slow, 1013);
        assertEquals(said, sound.texts());
        assertEquals(0, sound.code);
        theatre.assertNothingHeld();
    }

    @Test
    void whoTakesTheirTimeWithinTheBudgetMissesNothing() {
        FakeWire slow = new FakeWire().hold();
        following(slow);
        List<String> said = new ArrayList<>(theatre.sayMany(HALL, "m", 5));
        theatre.play();
        said.addAll(theatre.sayMany(HALL, "n", 5));
        theatre.play();
        assertEquals(1, slow.batches.size());
        slow.release();
        theatre.play();
        assertEquals(said, slow.texts());
    }

    @Test
    void whatWasTakenCountsNoMoreThoughMemoryHasLetGoOfIt() {
        FakeWire slow = new FakeWire().hold();
        Connection client = following(slow);
        theatre.follower(HALL);
        client.send(new Frame.Text("under way"));
        theatre.play();
        theatre.say(HALL, KILOBYTE);
        theatre.play();
        List<String> later = theatre.sayMany(HALL, "m", Theatre.RING);
        theatre.play();
        assertNull(theatre.room(HALL).recent(1));
        slow.complete();
        theatre.play();
        assertEquals(List.of("under way", KILOBYTE), slow.texts());
        theatre.say(HALL, "last");
        theatre.play();
        assertEquals(String.join("", later).length() + "last".length(), client.pendingBytes());
    }

    @Test
    void whoCatchesUpFromTheLogIsNotHeldToTheBudget() {
        theatre.room(HALL);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            said.add(i + KILOBYTE);
            theatre.say(HALL, i + KILOBYTE);
        }
        theatre.play();
        FakeWire slow = catchingUp(0).hold();
        theatre.play();
        said.add("live");
        theatre.say(HALL, "live");
        theatre.play();
        assertEquals(0, slow.code);
        slow.release();
        theatre.play();
        assertEquals(said, slow.texts());
    }

    @Test
    void whatAllTogetherLeaveWaitingIsBoundedToo() {
        int most = 50_000;
        reopen(new ConnectionLimits(1 << 16, 1 << 20, 1 << 20, most, Duration.ofSeconds(10), 1_000, NEVER, NEVER), 16);
        List<Connection> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(theatre.connect(new FakeWire().hold()));
            clients.get(i).send(new Frame.Text("under way"));
        }
        theatre.play();
        for (int i = 0; i < 100; i++) {
            clients.get(i % 10).send(new Frame.Text(KILOBYTE));
            theatre.play();
            assertTrue(theatre.fanout.traffic().pendingBytes() <= most);
        }
        assertTrue(clients.stream().anyMatch(Connection::isClosed));
        assertFalse(clients.stream().allMatch(Connection::isClosed));
    }

    @Test
    void aWriteThatNeverEndsIsClosedByTheHeartbeat() {
        FakeWire stuck = new FakeWire().hold();
        Connection client = following(stuck);
        Heartbeat heartbeat = new Heartbeat(new SessionRegistry(), theatre.fanout);
        theatre.say(HALL, "hi");
        theatre.play();
        long now = System.nanoTime();
        heartbeat.check(client, now);
        assertFalse(client.isClosed());
        heartbeat.check(client, now + Duration.ofSeconds(11).toNanos());
        theatre.play();
        Theatre.awaitClosed(stuck, 1013);
        theatre.assertNothingHeld();
    }

    @Test
    void whoAnswersIsPingedAgainAtTheInterval() {
        FakeWire transport = new FakeWire();
        Connection client = following(transport);
        Heartbeat heartbeat = new Heartbeat(new SessionRegistry(), theatre.fanout);
        long now = System.nanoTime();
        heartbeat.check(client, now);
        theatre.play();
        assertEquals(0, transport.pings);
        // As if pinged long ago, so that the answer, which comes now, comes after it.
        client.ping(now - Duration.ofSeconds(26).toNanos());
        client.keepAlive().received();
        heartbeat.check(client, now);
        theatre.play();
        assertEquals(1, transport.pings);
        heartbeat.check(client, now + Duration.ofSeconds(1).toNanos());
        theatre.play();
        assertEquals(1, transport.pings);
        assertFalse(client.isClosed());
    }

    @Test
    void whoDoesNotAnswerAPingIsGone() {
        FakeWire transport = new FakeWire();
        Connection client = following(transport);
        Heartbeat heartbeat = new Heartbeat(new SessionRegistry(), theatre.fanout);
        long pinged = System.nanoTime() + Duration.ofSeconds(25).toNanos();
        heartbeat.check(client, pinged);
        theatre.play();
        assertEquals(1, transport.pings);
        heartbeat.check(client, pinged + Duration.ofSeconds(10).toNanos());
        assertFalse(client.isClosed());
        heartbeat.check(client, pinged + Duration.ofSeconds(10).toNanos() + 1);
        theatre.play();
        Theatre.awaitClosed(transport, 1001);
    }

    @Test
    void aPingWaitsUntilTheWriteUnderWayIsDone() {
        FakeWire transport = new FakeWire().hold();
        Connection client = following(transport);
        theatre.say(HALL, "hi");
        theatre.play();
        client.ping(System.nanoTime());
        theatre.play();
        assertEquals(0, transport.pings);
        transport.complete();
        theatre.play();
        assertEquals(1, transport.pings);
        assertEquals(List.of(), transport.complaints);
    }

    @Test
    void aFailedWriteEndsThatClientOnly() {
        FakeWire failing = new FakeWire();
        failing.manner = done -> done.accept(new IOException("planted"));
        Connection client = following(failing);
        FakeWire sound = theatre.follower(HALL);
        theatre.sayMany(HALL, "m", 3);
        theatre.play();
        await().until(() -> failing.code != 0);
        assertTrue(client.isClosed());
        assertEquals(1, failing.batches.size());
        assertEquals(3, sound.texts().size());
    }

    @Test
    void aWireThatThrowsEndsThatClientOnly() {
        FakeWire throwing = new FakeWire();
        throwing.manner = done -> {
            throw new IllegalStateException("planted");
        };
        Connection client = following(throwing);
        FakeWire sound = theatre.follower(HALL);
        theatre.say(HALL, "hi");
        theatre.play();
        await().until(() -> throwing.code != 0);
        assertTrue(client.isClosed());
        assertEquals(List.of("hi"), sound.texts());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWireThatCallsBackAndThrowsIsHeardOnce(boolean wellDone) {
        FakeWire both = new FakeWire();
        both.manner = done -> {
            done.accept(wellDone ? null : new IOException("planted"));
            throw new IllegalStateException("planted");
        };
        Connection client = following(both);
        theatre.say(HALL, "hi");
        theatre.play();
        theatre.say(HALL, "again");
        theatre.play();
        assertEquals(wellDone ? 2 : 1, both.batches.size());
        assertEquals(!wellDone, client.isClosed());
        assertEquals(List.of(), both.complaints);
    }

    @Test
    void completionMayComeFromAnyThread() {
        FakeWire transport = new FakeWire();
        transport.manner =
                done -> CompletableFuture.runAsync(() -> done.accept(null)).join();
        following(transport);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            said.add("m" + i);
            theatre.say(HALL, "m" + i);
            theatre.play();
        }
        assertEquals(said, transport.texts());
        assertEquals(List.of(), transport.complaints);
    }

    @Test
    void aHoleInTheLogClosesRatherThanHides() {
        theatre.room(HALL);
        theatre.sayMany(HALL, "m", 100);
        theatre.play();
        theatre.log.trim(HALL, 50);
        FakeWire transport = catchingUp(10);
        theatre.play();
        Theatre.awaitClosed(transport, 1013);
        assertEquals(List.of(), transport.texts());
        theatre.assertNothingHeld();
    }

    @Test
    void aBusyLogIsAskedAgain() {
        theatre.room(HALL);
        List<String> said = theatre.sayMany(HALL, "m", 100);
        theatre.play();
        theatre.log.failReads(new RefusedException(RefusedException.Reason.BUSY, "Too much waits"));
        FakeWire transport = catchingUp(0);
        theatre.play();
        assertEquals(List.of(), transport.texts());
        assertEquals(0, transport.code);
        theatre.log.failReads(null);
        await().untilAsserted(() -> {
            theatre.play();
            assertEquals(said, transport.texts());
        });
    }

    @Test
    void aLogThatStaysBusyIsNotAskedForEver() {
        reopen(new ConnectionLimits(1 << 16, 1 << 20, MAX_PENDING, 1 << 20, Duration.ZERO, 1_000, NEVER, NEVER), 16);
        theatre.room(HALL);
        theatre.sayMany(HALL, "m", 100);
        theatre.play();
        theatre.log.failReads(new RefusedException(RefusedException.Reason.BUSY, "Too much waits"));
        FakeWire transport = catchingUp(0);
        theatre.play();
        Theatre.awaitClosed(transport, 1013);
    }

    @Test
    void aDelayedCloseComesWithItsReason() {
        FakeWire transport = new FakeWire();
        theatre.connect(transport).closeAfter(Duration.ofMillis(1), CloseCode.NORMAL, "Bye!");
        await().until(() -> {
            theatre.play();
            return transport.code == 1000;
        });
        assertEquals("Bye!", transport.reason);
    }
}
