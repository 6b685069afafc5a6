package veche.delivery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.delivery.FanoutFixture.ANN;

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

/** Verifies with random interleavings that every subscriber receives exactly the log from its cursor on. */
class FanoutInterleavingTest {
    private static final List<RoomName> ROOMS = List.of(new RoomName("one"), new RoomName("two"));
    private static final int READERS = 4;
    private static final ConnectionLimits ROOMY = FanoutFixture.limits(1 << 30, 400);
    /** The minimum, so that readers lag beyond the cache and catch up from the log. */
    private static final Room.Recent SMALL_CACHE = new Room.Recent(16, 1 << 20);

    /** Encodes the room and position of a message, so that the received frames can be compared with the log. */
    private record PositionEncoder() implements MessageEncoder {
        @Override
        public Frame encode(Message message) {
            return new Frame.Text(label(message));
        }
    }

    private static String label(Message message) {
        return message.room() + " " + message.position().number();
    }

    private enum Action {
        PUBLISH(6),
        PUBLISH_MANY(2),
        JOIN(3),
        DISCONNECT(2),
        HOLD(2),
        RELEASE(2),
        COMMIT(4),
        RUN_WORKERS_ONCE(6),
        RUN_UNTIL_IDLE(1);

        private final int frequency;

        Action(int frequency) {
            this.frequency = frequency;
        }
    }

    private static final List<Action> BY_FREQUENCY = Stream.of(Action.values())
            .flatMap(action -> Collections.nCopies(action.frequency, action).stream())
            .toList();

    /** One action on a room or a reader. */
    private record Step(Action action, int index) {}

    private static Step step(Random random) {
        Action action = BY_FREQUENCY.get(random.nextInt(BY_FREQUENCY.size()));
        return new Step(action, random.nextInt(READERS * ROOMS.size()));
    }

    /** A client of one room that loses its connection at times and resumes from the last position received. */
    private static final class Reader {
        private final FanoutFixture fixture;
        private final Room room;
        private final List<String> received = new ArrayList<>();
        private final AtomicBoolean recoveredAlways = new AtomicBoolean(true);
        private boolean held;
        private FakeTransport transport;
        private Connection connection;

        Reader(FanoutFixture fixture, RoomName room) {
            this.fixture = fixture;
            this.room = fixture.room(room);
        }

        void join() {
            if (connection != null) {
                return;
            }
            transport = held ? new FakeTransport().hold() : new FakeTransport();
            connection = fixture.connect(transport);
            Resumption resumption = room.resume(new Position(ManualLog.EPOCH, received.size()));
            recoveredAlways.compareAndSet(true, resumption.recovered());
            connection.follow(room, resumption.after(), new PositionEncoder(), this);
        }

        /** Frames passed to the transport count as received; other pending frames are lost. */
        void disconnect() {
            if (connection != null) {
                connection.closedByPeer(1006);
                received.addAll(transport.texts());
                assertEquals(List.of(), transport.violations);
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

    private static void apply(Step step, FanoutFixture fixture, List<Reader> readers) {
        Reader reader = readers.get(step.index());
        RoomName room = ROOMS.get(step.index() % ROOMS.size());
        switch (step.action()) {
            case PUBLISH -> fixture.send(room, "m");
            case PUBLISH_MANY -> fixture.sendMany(room, "m", 20);
            case JOIN -> reader.join();
            case DISCONNECT -> reader.disconnect();
            case HOLD -> reader.hold();
            case RELEASE -> reader.release();
            case COMMIT -> fixture.log.commit();
            case RUN_WORKERS_ONCE -> fixture.runOnce();
            case RUN_UNTIL_IDLE -> fixture.runUntilIdle();
        }
    }

    @Test
    void everySubscriberReceivesExactlyTheLogFromItsCursor() {
        Property.checkLists(
                500,
                120,
                FanoutInterleavingTest::step,
                FanoutInterleavingTest::assertEverySubscriberReceivesExactlyTheLog);
    }

    private static void assertEverySubscriberReceivesExactlyTheLog(List<Step> steps) {
        try (FanoutFixture fixture = new FanoutFixture(ROOMY, SMALL_CACHE, 2)) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < READERS * ROOMS.size(); i++) {
                readers.add(new Reader(fixture, ROOMS.get(i % ROOMS.size())));
            }
            steps.forEach(step -> apply(step, fixture, readers));
            readers.forEach(Reader::release);
            readers.forEach(Reader::join);
            fixture.runUntilIdle();
            readers.forEach(reader -> assertReceivedAll(fixture, reader));
            fixture.assertNothingPending();
        }
    }

    private static void assertReceivedAll(FanoutFixture fixture, Reader reader) {
        assertEquals(0, reader.transport.code);
        reader.disconnect();
        List<String> logged = fixture.log.messages(reader.room.name()).stream()
                .map(FanoutInterleavingTest::label)
                .toList();
        assertEquals(logged, reader.received);
        assertTrue(reader.recoveredAlways.get());
    }

    private static final int MESSAGES_PER_ROOM = 1_500;

    /** Uses real threads for the delivery workers, the log's writer, the publishers and the transports' completions. */
    @Test
    void everySubscriberReceivesExactlyTheLogWithConcurrentThreads() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicBoolean finished = new AtomicBoolean();
        // One disturbance per message: an unbounded loop would starve the other threads on few cores.
        Semaphore published = new Semaphore(0);
        try (FanoutFixture fixture = new FanoutFixture(ROOMY, SMALL_CACHE, 2)) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < READERS * ROOMS.size(); i++) {
                readers.add(new Reader(fixture, ROOMS.get(i % ROOMS.size())));
            }
            fixture.fanout.start();
            Future<?> writer = threads.submit(() -> {
                while (!finished.get()) {
                    fixture.log.commit();
                }
            });
            List<Future<?>> publishers = ROOMS.stream()
                    .<Future<?>>map(room -> threads.submit(() -> publish(fixture, room, published)))
                    .toList();
            Random random = new Random(1);
            while (publishers.stream().anyMatch(publisher -> !publisher.isDone())) {
                if (published.tryAcquire(1, TimeUnit.SECONDS)) {
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
                await().until(() -> reader.transport.texts().size() == MESSAGES_PER_ROOM - reader.received.size());
                assertReceivedAll(fixture, reader);
            }
            finished.set(true);
            writer.get();
        } finally {
            finished.set(true);
            threads.shutdownNow();
        }
    }

    private static void publish(FanoutFixture fixture, RoomName room, Semaphore published) {
        for (int i = 0; i < MESSAGES_PER_ROOM; i++) {
            fixture.rooms.send(room, Draft.text(ANN, "m")).toCompletableFuture().join();
            published.release();
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
            reader.transport.completion = done -> threads.execute(() -> done.accept(null));
        }
    }
}
