package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.ManualLog;
import veche.room.Message;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/** A fan-out over a log that does nothing until told, with carriers that the test turns by hand. */
public final class Theatre implements AutoCloseable {
    public static final RoomName HALL = new RoomName("hall");
    public static final RoomName ATTIC = new RoomName("attic");
    public static final Author ANN = new Author("ann", "Ann");
    /** Small enough to be exceeded, large enough for what is not meant to. */
    public static final int MAX_PENDING = 10_000;

    public static final int RUN_BYTES = 1_000;
    public static final int RING = 16;
    public static final ConnectionLimits LIMITS = limits(MAX_PENDING, RUN_BYTES);

    final ManualLog log = new ManualLog();
    public final Rooms rooms;
    public final Fanout fanout;

    public Theatre() {
        this(LIMITS, new Room.Recent(RING, 1 << 20), 2);
    }

    public Theatre(ConnectionLimits limits, Room.Recent recent, int workers) {
        rooms = new Rooms(log, recent);
        fanout = new Fanout(rooms, limits, workers);
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

    /** Words a message as its text, and counts how often it was asked. Equal to every other with the same name. */
    record Counted(String name, AtomicInteger calls) implements MessageEncoder {
        Counted(String name) {
            this(name, new AtomicInteger());
        }

        @Override
        public Frame encode(Message message) {
            calls.incrementAndGet();
            return message.kind() == Kind.DELETE ? null : new Frame.Text(message.text());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Counted counted && counted.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    public static final MessageEncoder WORDING = new Counted("shared");

    /** Does all that waits, in the log and on the carriers. */
    public void play() {
        boolean busy = true;
        for (int rounds = 0; busy; rounds++) {
            busy = log.commit();
            busy |= turn();
            if (rounds > 100_000) {
                throw new AssertionError("The carriers never come to rest");
            }
        }
    }

    /** One turn of each carrier; the log stands still. */
    boolean turn() {
        boolean busy = false;
        for (DeliveryWorker worker : fanout.workers()) {
            busy |= worker.runOnce();
        }
        return busy;
    }

    Connection connect(FakeWire transport) {
        return fanout.connect(transport);
    }

    public Room room(RoomName name) {
        var handshake = rooms.open(name).toCompletableFuture();
        log.commit();
        return handshake.join();
    }

    /** A client that follows a room from its tail. */
    FakeWire follower(RoomName name) {
        FakeWire transport = new FakeWire();
        Room room = room(name);
        connect(transport).follow(room, room.tail(), WORDING, transport);
        play();
        return transport;
    }

    void say(RoomName room, String text) {
        rooms.send(room, Draft.text(ANN, text));
    }

    void say(RoomName room, String text, Audience audience) {
        rooms.send(room, new Draft(ANN, Kind.TEXT, text, null, null, null, audience));
    }

    /** Says {@code name1} to {@code nameN}, and gives them. */
    List<String> sayMany(RoomName room, String name, int count) {
        List<String> texts =
                IntStream.rangeClosed(1, count).mapToObj(n -> name + n).toList();
        texts.forEach(text -> say(room, text));
        return texts;
    }

    public static void awaitClosed(FakeWire transport, int code) {
        await().until(() -> transport.code != 0);
        assertEquals(code, transport.code);
    }

    /** Nothing waits for anyone, and nothing is kept for those who are gone. */
    void assertNothingHeld() {
        assertEquals(0, fanout.traffic().pendingBytes());
    }

    @Override
    public void close() {
        fanout.close();
    }
}
