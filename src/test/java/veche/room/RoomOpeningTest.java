package veche.room;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import veche.room.MessageLog.Extent;

class RoomOpeningTest extends RoomsFixture {
    @Test
    void concurrentOpeningsShareOneRoom() {
        CompletionStage<Room> one = rooms.open(HALL);
        CompletionStage<Room> other = rooms.open(HALL);
        assertSame(done(one), done(other));
        assertSame(done(one), done(rooms.open(HALL)));
    }

    @Test
    void aMessageSentAfterOpeningFollowsTheTail() {
        send(ANN, "before");
        CompletableFuture<Long> tail = new CompletableFuture<>();
        rooms.open(HALL).thenAccept(opened -> tail.complete(opened.tail()));
        rooms.send(HALL, Draft.text(ANN, "after"));
        log.commit();
        assertEquals(1, tail.join());
        assertEquals(2, done(rooms.open(HALL)).tail());
    }

    /** A log whose writer commits further messages before the caller of {@link #open} processes the result. */
    private static final class EagerLog implements MessageLog {
        private final ManualLog log = ManualLog.immediate();
        private Runnable meanwhile = () -> {};

        @Override
        public void listen(Listener listener) {
            log.listen(listener);
        }

        @Override
        public CompletionStage<Extent> open(RoomName room) {
            CompletionStage<Extent> extent = log.open(room);
            meanwhile.run();
            return extent;
        }

        @Override
        public CompletionStage<Appended> append(RoomName room, Draft draft) {
            return log.append(room, draft);
        }

        @Override
        public CompletionStage<List<Message>> after(RoomName room, long position, int limit) {
            return log.after(room, position, limit);
        }

        @Override
        public CompletionStage<List<Message>> before(RoomName room, long position, int limit) {
            return log.before(room, position, limit);
        }

        @Override
        public CompletionStage<Optional<Message>> find(RoomName room, UUID id) {
            return log.find(room, id);
        }

        @Override
        public CompletionStage<List<RoomName>> rooms() {
            return log.rooms();
        }

        @Override
        public void close() {
            log.close();
        }
    }

    @Test
    void messagesCommittedWhileARoomOpensFollowItsTail() {
        EagerLog eager = new EagerLog();
        Rooms opening = new Rooms(eager, new Room.Recent(16, 1 << 20));
        opening.send(HALL, Draft.text(ANN, "before"));
        List<Long> tails = new ArrayList<>();
        List<Long> notified = new ArrayList<>();
        opening.onGrowth((grown, before) -> notified.add(grown.tail()));
        eager.meanwhile = () -> {
            opening.open(HALL).thenAccept(room -> tails.add(room.tail()));
            opening.send(HALL, Draft.text(ANN, "meanwhile"));
        };
        Room hall = opening.open(HALL).toCompletableFuture().join();
        assertEquals(List.of(1L), tails);
        assertEquals(List.of(2L), notified);
        assertEquals("meanwhile", hall.recent(2).message().text());
        opening.send(HALL, Draft.text(ANN, "later"));
        assertEquals("later", hall.recent(3).message().text());
    }

    @Test
    void aFailedOpeningCanBeRetried() {
        log.failWrites(new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "The disk is full"));
        assertEquals(
                RefusedException.Reason.LOG_UNAVAILABLE,
                refused(rooms.open(HALL)).reason());
        log.failWrites(null);
        assertEquals(HALL, done(rooms.open(HALL)).name());
    }

    @Test
    void anOpeningWithoutAResultFailsAndCanBeRetried() {
        log.returnNullOnOpen(true);
        CompletionStage<Room> opening = rooms.open(HALL);
        CompletionException failure = assertThrows(CompletionException.class, () -> done(opening));
        assertInstanceOf(NullPointerException.class, failure.getCause());
        log.returnNullOnOpen(false);
        assertEquals(HALL, done(rooms.open(HALL)).name());
    }

    @Test
    void anUnreferencedRoomIsReleasedAndReopened() {
        for (int i = 0; i < 1_000; i++) {
            done(rooms.open(new RoomName("invented-" + i)));
        }
        Room followed = done(rooms.open(HALL));
        await().until(() -> {
            System.gc();
            return rooms.open() == 1;
        });
        assertSame(followed, done(rooms.open(HALL)));
        RoomName again = new RoomName("invented-1");
        Room anew = done(rooms.open(again));
        rooms.send(again, Draft.text(ANN, "hi"));
        log.commit();
        assertEquals(1, anew.tail());
        assertEquals(1_000, log.released());
    }

    @Test
    void roomsWithCachedMessagesAreKeptWithinTheBudget() {
        Rooms small = new Rooms(ManualLog.immediate(), new Room.Recent(16, 1 << 20, 100_000));
        for (int i = 0; i < 1_000; i++) {
            RoomName name = new RoomName("room-" + i);
            done(small.open(name));
            small.send(name, Draft.text(ANN, "hi"));
        }
        assertTrue(small.opened(new RoomName("room-999")).isPresent());
        await().until(() -> {
            System.gc();
            return small.open() < 100;
        });
        assertTrue(small.opened(new RoomName("room-999")).isPresent());
    }

    @Test
    void aMessageThatOpensItsRoomIsInMemoryWithTheNumberOfItsCommit() {
        List<String> growing = new ArrayList<>();
        List<CompletionStage<Room>> opened = new ArrayList<>();
        rooms.beforeGrowth((name, before) -> {
            growing.add(name + " " + before);
            opened.add(rooms.open(name));
        });
        rooms.send(HALL, Draft.text(ANN, "first"));
        log.commit();
        Room hall = done(opened.get(0));
        assertEquals(1, hall.tail());
        assertEquals("first", hall.recent(1).message().text());
        assertEquals(1, hall.recent(1).sequence());
        rooms.send(HALL, Draft.text(ANN, "second"));
        rooms.send(HALL, Draft.text(ANN, "third"));
        log.commit();
        assertEquals(List.of("hall 0", "hall 1"), growing);
        assertEquals(3, hall.recent(3).sequence());
    }
}
