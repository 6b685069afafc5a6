package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.limit.ClientMemory;
import veche.limit.Refusals;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.ManualLog;
import veche.room.Message;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/** A fan-out over a manual log, with delivery workers that the test runs. */
public final class FanoutFixture implements AutoCloseable {
    public static final RoomName HALL = new RoomName("hall");
    public static final RoomName ATTIC = new RoomName("attic");
    public static final Author ANN = new Author("ann", "Ann");
    /** Small enough for tests to exceed, large enough for the others. */
    public static final int MAX_PENDING = 10_000;

    /** Far more than tests need that do not exhaust it. */
    public static final long MAX_CLIENT_BYTES = 1L << 40;

    public static final int BATCH_BYTES = 1_000;
    public static final int CACHE_SIZE = 16;
    public static final ConnectionLimits LIMITS = limits(MAX_PENDING, BATCH_BYTES);

    final ManualLog log = new ManualLog();
    public final Rooms rooms;
    public final Fanout fanout;
    final List<FakeTransport> transports = new ArrayList<>();

    public FanoutFixture() {
        this(LIMITS, new Room.Recent(CACHE_SIZE, 1 << 20), 2);
    }

    public FanoutFixture(ConnectionLimits limits, Room.Recent recent, int workers) {
        rooms = new Rooms(log, recent);
        fanout = new Fanout(rooms, limits, workers, new ClientMemory(MAX_CLIENT_BYTES, new Refusals()));
    }

    public static ConnectionLimits limits(int maxPending, int batchBytes) {
        return new ConnectionLimits(
                64 << 10,
                1 << 20,
                maxPending,
                1 << 20,
                Duration.ofSeconds(10),
                batchBytes,
                Duration.ofSeconds(25),
                Duration.ofSeconds(10));
    }

    /** Encodes a message as its text and counts the calls. Encoders of the same name are equal. */
    record CountingEncoder(String name, AtomicInteger calls) implements MessageEncoder {
        CountingEncoder(String name) {
            this(name, new AtomicInteger());
        }

        @Override
        public Frame encode(Message message) {
            calls.incrementAndGet();
            return message.kind() == Kind.DELETE ? null : new Frame.Text(message.text());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof CountingEncoder counted && counted.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    public static final MessageEncoder ENCODER = new CountingEncoder("shared");

    /** Runs the log and the delivery workers until nothing is pending. */
    public void runUntilIdle() {
        boolean busy = true;
        for (int rounds = 0; busy; rounds++) {
            busy = log.commit();
            busy |= runOnce();
            if (rounds > 100_000) {
                throw new AssertionError("The delivery workers never become idle");
            }
        }
    }

    /** Runs each delivery worker once; the log does not advance. */
    boolean runOnce() {
        boolean busy = false;
        for (DeliveryWorker worker : fanout.workers()) {
            busy |= worker.runOnce();
        }
        return busy;
    }

    public Connection connect(FakeTransport transport) {
        return fanout.connect(transport);
    }

    public Room room(RoomName name) {
        var opening = rooms.open(name).toCompletableFuture();
        log.commit();
        return opening.join();
    }

    /** Creates a transport; {@link #close} asserts that the fan-out observed its contract. */
    FakeTransport transport() {
        FakeTransport transport = new FakeTransport();
        transports.add(transport);
        return transport;
    }

    /** Connects a client that follows a room from its tail. */
    public FakeTransport follower(RoomName name) {
        FakeTransport transport = transport();
        Room room = room(name);
        connect(transport).follow(room, room.tail(), ENCODER, transport);
        runUntilIdle();
        return transport;
    }

    public void send(RoomName room, String text) {
        rooms.send(room, Draft.text(ANN, text));
    }

    void send(RoomName room, String text, Audience audience) {
        rooms.send(room, new Draft(ANN, Kind.TEXT, text, null, null, null, audience));
    }

    /** Sends {@code name1} to {@code nameN} and returns these texts. */
    List<String> sendMany(RoomName room, String name, int count) {
        List<String> texts =
                IntStream.rangeClosed(1, count).mapToObj(n -> name + n).toList();
        texts.forEach(text -> send(room, text));
        return texts;
    }

    public static void awaitClosed(FakeTransport transport, int code) {
        await().until(() -> transport.code != 0);
        assertEquals(code, transport.code);
    }

    /** Asserts that no bytes are pending for any connection, open or closed. */
    public void assertNothingPending() {
        assertEquals(0, fanout.traffic().pendingBytes());
    }

    void assertNoSubscriptions() {
        for (DeliveryWorker worker : fanout.workers()) {
            assertEquals(0, worker.rooms());
        }
        assertEquals(0, fanout.logs().size());
    }

    @Override
    public void close() {
        fanout.close();
        transports.forEach(transport -> assertEquals(List.of(), transport.violations));
    }
}
