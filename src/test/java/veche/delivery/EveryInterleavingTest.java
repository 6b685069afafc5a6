package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.delivery.Theatre.ANN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Draft;
import veche.room.ManualLog;
import veche.room.Message;
import veche.room.Position;
import veche.room.Resumption;
import veche.room.Room;
import veche.room.RoomName;
import veche.testing.Property;

/** Whatever happens in whatever order: every subscriber gets exactly the log from its cursor on. */
class EveryInterleavingTest {
    private static final List<RoomName> ROOMS = List.of(new RoomName("one"), new RoomName("two"));
    private static final int READERS = 4;
    private static final ConnectionLimits ROOMY = Theatre.limits(1 << 30, 400);
    /** As small as can be, so that readers fall out of it and catch up from the log. */
    private static final Room.Recent SMALL_RING = new Room.Recent(16, 1 << 20);

    /** Says where a message was said and at which position, so that what was heard can be compared with the log. */
    private record Placed() implements MessageEncoder {
        @Override
        public Frame encode(Message message) {
            return new Frame.Text(place(message));
        }
    }

    private static String place(Message message) {
        return message.room() + " " + message.position().number();
    }

    private enum Act {
        PUBLISH(6),
        PUBLISH_MANY(2),
        JOIN(3),
        DISCONNECT(2),
        HOLD(2),
        RELEASE(2),
        COMMIT(4),
        TURN(6),
        PLAY(1);

        private final int frequency;

        Act(int frequency) {
            this.frequency = frequency;
        }
    }

    private static final List<Act> BY_FREQUENCY = Stream.of(Act.values())
            .flatMap(act -> Collections.nCopies(act.frequency, act).stream())
            .toList();

    /** One thing that happens to a room or a reader. */
    private record Step(Act act, int who) {}

    private static Step step(Random random) {
        Act act = BY_FREQUENCY.get(random.nextInt(BY_FREQUENCY.size()));
        return new Step(act, random.nextInt(READERS * ROOMS.size()));
    }

    /** One who reads a room, loses the connection now and then, and goes on from the last position seen. */
    private static final class Reader {
        private final Theatre theatre;
        private final Room room;
        private final List<String> heard = new ArrayList<>();
        private final AtomicBoolean recoveredAlways = new AtomicBoolean(true);
        private boolean held;
        private FakeWire transport;
        private Connection connection;

        Reader(Theatre theatre, RoomName room) {
            this.theatre = theatre;
            this.room = theatre.room(room);
        }

        void join() {
            if (connection != null) {
                return;
            }
            transport = held ? new FakeWire().hold() : new FakeWire();
            connection = theatre.connect(transport);
            Resumption resumption = room.resume(new Position(ManualLog.EPOCH, heard.size()));
            recoveredAlways.compareAndSet(true, resumption.recovered());
            connection.follow(room, resumption.after(), new Placed(), this);
        }

        /** What was handed to the wire has been seen; whatever else waited is lost. */
        void disconnect() {
            if (connection != null) {
                connection.closedByPeer(1006);
                heard.addAll(transport.texts());
                assertEquals(List.of(), transport.complaints);
                connection = null;
            }
        }

        void hold() {
            held = true;
            if (connection != null) {
                transport.hold();
            }
        }

        void release() {
            held = false;
            if (connection != null) {
                transport.release();
            }
        }
    }

    private static void happen(Step step, Theatre theatre, List<Reader> readers) {
        Reader reader = readers.get(step.who());
        RoomName room = ROOMS.get(step.who() % ROOMS.size());
        switch (step.act()) {
            case PUBLISH -> theatre.say(room, "m");
            case PUBLISH_MANY -> theatre.sayMany(room, "m", 20);
            case JOIN -> reader.join();
            case DISCONNECT -> reader.disconnect();
            case HOLD -> reader.hold();
            case RELEASE -> reader.release();
            case COMMIT -> theatre.log.commit();
            case TURN -> theatre.turn();
            case PLAY -> theatre.play();
        }
    }

    @Test
    void everySubscriberGetsExactlyTheLogFromItsCursorOn() {
        Property.checkLists(
                500, 120, EveryInterleavingTest::step, EveryInterleavingTest::assertEverySubscriberGetsExactlyTheLog);
    }

    private static void assertEverySubscriberGetsExactlyTheLog(List<Step> steps) {
        try (Theatre theatre = new Theatre(ROOMY, SMALL_RING, 2)) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < READERS * ROOMS.size(); i++) {
                readers.add(new Reader(theatre, ROOMS.get(i % ROOMS.size())));
            }
            steps.forEach(step -> happen(step, theatre, readers));
            readers.forEach(Reader::release);
            readers.forEach(Reader::join);
            theatre.play();
            readers.forEach(reader -> assertHeardAll(theatre, reader));
            theatre.assertNothingHeld();
        }
    }

    private static void assertHeardAll(Theatre theatre, Reader reader) {
        assertEquals(0, reader.transport.code);
        reader.disconnect();
        List<String> logged = theatre.log.messages(reader.room.name()).stream()
                .map(EveryInterleavingTest::place)
                .toList();
        assertEquals(logged, reader.heard);
        assertTrue(reader.recoveredAlways.get());
    }

    private static final int SAID_BY_EACH = 1_500;

    /** The same with threads: carriers, the log's writer, publishers, and wires that are done on threads of their own. */
    @Test
    void soItIsWithManyThreadsToo() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean over = new AtomicBoolean();
        // One disturbance a message: a loop without bounds starves the others where cores are few.
        Semaphore said = new Semaphore(0);
        try (Theatre theatre = new Theatre(ROOMY, SMALL_RING, 2)) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < READERS * ROOMS.size(); i++) {
                readers.add(new Reader(theatre, ROOMS.get(i % ROOMS.size())));
            }
            theatre.fanout.start();
            Future<?> writer = threads.submit(() -> {
                while (!over.get()) {
                    theatre.log.commit();
                }
            });
            List<Future<?>> publishers = ROOMS.stream()
                    .<Future<?>>map(room -> threads.submit(() -> publish(theatre, room, said)))
                    .toList();
            Random random = new Random(1);
            while (publishers.stream().anyMatch(publisher -> !publisher.isDone())) {
                if (said.tryAcquire(1, TimeUnit.SECONDS)) {
                    disturb(readers.get(random.nextInt(readers.size())), random, threads);
                }
            }
            for (Future<?> publisher : publishers) {
                publisher.get();
            }
            for (Reader reader : readers) {
                reader.disconnect();
                reader.held = false;
                reader.join();
                await().until(() -> reader.transport.texts().size() == SAID_BY_EACH - reader.heard.size());
                assertHeardAll(theatre, reader);
            }
            over.set(true);
            writer.get();
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private static void publish(Theatre theatre, RoomName room, Semaphore said) {
        for (int i = 0; i < SAID_BY_EACH; i++) {
            theatre.rooms.send(room, Draft.text(ANN, "m")).toCompletableFuture().join();
            said.release();
        }
    }

    private static void disturb(Reader reader, Random random, ExecutorService threads) {
        switch (random.nextInt(4)) {
            case 0 -> reader.disconnect();
            case 1 -> reader.hold();
            case 2 -> reader.release();
            default -> reader.join();
        }
        if (reader.connection != null && !reader.held) {
            reader.transport.manner = done -> threads.execute(() -> done.accept(null));
        }
    }
}
