package veche.room;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoomsTest {
    private static final Author ANN = new Author("ann", "Ann");
    private static final Author BOB = new Author("bob", "Bob");
    private static final RoomName HALL = new RoomName("hall");

    private final ManualLog log = new ManualLog();
    private final Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20));

    private <T> T done(CompletionStage<T> stage) {
        log.commit();
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertTrue(future.isDone());
        return future.join();
    }

    private RefusedException refused(CompletionStage<?> stage) {
        CompletionException failure = assertThrows(CompletionException.class, () -> done(stage));
        return assertInstanceOf(RefusedException.class, failure.getCause());
    }

    private Message said(Author author, String text) {
        return done(rooms.send(HALL, Draft.text(author, text)));
    }

    private static Draft change(Author author, Kind kind, UUID target) {
        return new Draft(author, kind, "new", null, target, null, Audience.EVERYONE);
    }

    @Test
    void nobodySeesAMessageBeforeItsCommit() {
        Room hall = done(rooms.open(HALL));
        CompletionStage<Message> sent = rooms.send(HALL, Draft.text(ANN, "hi"));
        assertFalse(sent.toCompletableFuture().isDone());
        assertEquals(0, hall.tail());
        assertEquals("hi", done(sent).text());
        assertEquals("hi", hall.recent(1).message().text());
    }

    @Test
    void theRoomHasGrownAndItsListenersKnowBeforeTheSenderIsAnswered() {
        List<String> order = new ArrayList<>();
        Room hall = done(rooms.open(HALL));
        rooms.onGrowth((grown, before) -> order.add(grown.name() + " at " + grown.tail()));
        rooms.send(HALL, Draft.text(ANN, "hi")).thenAccept(message -> order.add("answered"));
        log.commit();
        assertEquals(List.of("hall at 1", "answered"), order);
        assertEquals(1, hall.tail());
    }

    @Test
    void oneBatchWakesEachRoomOnce() {
        done(rooms.open(HALL));
        done(rooms.open(RoomName.LOBBY));
        List<RoomName> woken = new ArrayList<>();
        rooms.onGrowth((grown, before) -> woken.add(grown.name()));
        for (int i = 0; i < 3; i++) {
            rooms.send(HALL, Draft.text(ANN, "hi"));
            rooms.send(RoomName.LOBBY, Draft.text(ANN, "hi"));
        }
        log.commit();
        assertEquals(List.of(HALL, RoomName.LOBBY), woken);
    }

    @Test
    void commitsAreNumberedOverAllRooms() {
        Room hall = done(rooms.open(HALL));
        Room lobby = done(rooms.open(RoomName.LOBBY));
        rooms.send(HALL, Draft.text(ANN, "1"));
        rooms.send(RoomName.LOBBY, Draft.text(ANN, "2"));
        rooms.send(HALL, Draft.text(ANN, "3"));
        log.commit();
        assertEquals(1, hall.recent(1).sequence());
        assertEquals(2, lobby.recent(1).sequence());
        assertEquals(3, hall.recent(2).sequence());
        assertEquals(3, rooms.sequence());
    }

    @Test
    void theNumberOfCommitsIsToldOnlyAfterTheListenersHeardOfThem() {
        done(rooms.open(HALL));
        List<Long> seen = new ArrayList<>();
        rooms.onGrowth((grown, before) -> seen.add(rooms.sequence()));
        said(ANN, "hi");
        assertEquals(List.of(0L), seen);
        assertEquals(1, rooms.sequence());
    }

    @Test
    void theSameKeyGivesTheFirstMessageAndTheRoomDoesNotGrow() {
        Room hall = done(rooms.open(HALL));
        Draft draft = new Draft(ANN, Kind.TEXT, "hi", null, null, "k1", Audience.EVERYONE);
        Message first = done(rooms.send(HALL, draft));
        Message again = done(rooms.send(HALL, draft));
        assertSame(first, again);
        assertEquals(1, hall.tail());
        assertEquals(1, rooms.sequence());
    }

    @Test
    void aRoomIsOpenedOnceHoweverManyAsk() {
        CompletionStage<Room> one = rooms.open(HALL);
        CompletionStage<Room> other = rooms.open(HALL);
        assertSame(done(one), done(other));
        assertSame(done(one), done(rooms.open(HALL)));
    }

    @Test
    void whatIsSentAfterOpeningLiesBeyondTheTail() {
        said(ANN, "before");
        CompletableFuture<Long> tail = new CompletableFuture<>();
        rooms.open(HALL).thenAccept(opened -> tail.complete(opened.tail()));
        rooms.send(HALL, Draft.text(ANN, "after"));
        log.commit();
        assertEquals(1, tail.join());
        assertEquals(2, done(rooms.open(HALL)).tail());
    }

    /** A log whose writer commits on before the one who asked for the room has taken up the answer. */
    private static final class HastyLog implements MessageLog {
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
    void whatIsCommittedWhileARoomOpensIsNeitherLostNorBeforeTheTailOfThoseWhoAsked() {
        HastyLog hasty = new HastyLog();
        Rooms opening = new Rooms(hasty, new Room.Recent(16, 1 << 20));
        opening.send(HALL, Draft.text(ANN, "before"));
        List<Long> tails = new ArrayList<>();
        List<Long> woken = new ArrayList<>();
        opening.onGrowth((grown, before) -> woken.add(grown.tail()));
        hasty.meanwhile = () -> {
            opening.open(HALL).thenAccept(room -> tails.add(room.tail()));
            opening.send(HALL, Draft.text(ANN, "meanwhile"));
        };
        Room hall = opening.open(HALL).toCompletableFuture().join();
        assertEquals(List.of(1L), tails);
        assertEquals(List.of(2L), woken);
        assertEquals("meanwhile", hall.recent(2).message().text());
        opening.send(HALL, Draft.text(ANN, "later"));
        assertEquals("later", hall.recent(3).message().text());
    }

    @Test
    void anOpeningThatFailedMayBeTriedAgain() {
        log.failWrites(new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "The disk is full"));
        assertEquals(
                RefusedException.Reason.LOG_UNAVAILABLE,
                refused(rooms.open(HALL)).reason());
        log.failWrites(null);
        assertEquals(HALL, done(rooms.open(HALL)).name());
    }

    @Test
    void anOpeningThatTheLogAnswersWithNothingFailsAndMayBeTriedAgain() {
        log.answerNothing(true);
        CompletionStage<Room> opening = rooms.open(HALL);
        CompletionException failure = assertThrows(CompletionException.class, () -> done(opening));
        assertInstanceOf(NullPointerException.class, failure.getCause());
        log.answerNothing(false);
        assertEquals(HALL, done(rooms.open(HALL)).name());
    }

    @Test
    void aConnectionThatCannotBeClosedDoesNotSaveTheOthersOfItsAuthor() {
        User expired = new User(ANN, List.of(), Optional.empty(), Optional.of(Instant.EPOCH), User.Provider.TOKEN);
        List<String> closed = new ArrayList<>();
        for (String connection : List.of("1", "2", "3")) {
            rooms.roomSession(expired, connection, reason -> {
                closed.add(connection);
                throw new IllegalStateException("planted");
            });
        }
        rooms.roomSessions().expire(Instant.now());
        assertEquals(Set.of("1", "2", "3"), Set.copyOf(closed));
    }

    @Test
    void theAudienceStaysWithTheEntry() {
        Room hall = done(rooms.open(HALL));
        Audience notThis = listener -> listener != this;
        done(rooms.send(HALL, new Draft(ANN, Kind.TEXT, "hi", null, null, null, notThis)));
        assertSame(notThis, hall.recent(1).audience());
    }

    @ParameterizedTest
    @EnumSource(names = {"EDIT", "DELETE"})
    void onlyItsAuthorEditsOrDeletesAMessage(Kind kind) {
        Message said = said(ANN, "hi");
        assertEquals(
                RefusedException.Reason.NOT_ALLOWED,
                refused(rooms.amend(HALL, change(BOB, kind, said.id()))).reason());
        log.commit();
        CompletionStage<Message> own = rooms.amend(HALL, change(ANN, kind, said.id()));
        log.commit();
        assertEquals(said.id(), done(own).target());
    }

    @Test
    void anyoneReacts() {
        Message said = said(ANN, "hi");
        CompletionStage<Message> reaction = rooms.amend(HALL, change(BOB, Kind.REACTION, said.id()));
        log.commit();
        assertEquals(Kind.REACTION, done(reaction).kind());
    }

    @Test
    void anAmendmentIsNotAmended() {
        Message said = said(ANN, "hi");
        CompletionStage<Message> amended = rooms.amend(HALL, change(ANN, Kind.EDIT, said.id()));
        log.commit();
        Message edit = done(amended);
        assertEquals(
                RefusedException.Reason.INVALID,
                refused(rooms.amend(HALL, change(ANN, Kind.DELETE, edit.id()))).reason());
    }

    @Test
    void whatIsNotInTheRoomCanNeitherBeAmendedNorFound() {
        Message said = said(ANN, "hi");
        RoomName other = new RoomName("other");
        assertEquals(
                RefusedException.Reason.NO_SUCH_MESSAGE,
                refused(rooms.amend(other, change(ANN, Kind.EDIT, said.id()))).reason());
        assertEquals(
                RefusedException.Reason.NO_SUCH_MESSAGE,
                refused(rooms.message(other, said.id())).reason());
        assertEquals(said, done(rooms.message(HALL, said.id())));
    }

    @Test
    void historyReadsBackwardsFromAPosition() {
        for (int i = 1; i <= 5; i++) {
            said(ANN, "m" + i);
        }
        assertEquals(
                List.of("m4", "m5"),
                done(rooms.history(HALL, Long.MAX_VALUE, 2)).stream()
                        .map(Message::text)
                        .toList());
        assertEquals(
                List.of("m1", "m2"),
                done(rooms.history(HALL, 3, 10)).stream().map(Message::text).toList());
    }

    @Test
    void theNamesAreThoseOfTheLogAndThoseWithMembersInOrder() {
        said(ANN, "hi");
        rooms.open(new RoomName("barn"));
        Presence.Stay stay = rooms.presence().enter(new RoomName("attic"), ANN);
        assertEquals(List.of(new RoomName("attic"), HALL), List.copyOf(done(rooms.names())));
        stay.end();
        assertEquals(List.of(HALL), List.copyOf(done(rooms.names())));
    }

    @Test
    void aRoomThatNobodyFollowsIsReleasedAndOpenedAnew() {
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
    void aRoomWithRecentMessagesIsKeptWithinTheBudgetOfMemory() {
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
    void retentionReachesTheOpenRoom() {
        Room hall = done(rooms.open(HALL));
        for (int i = 0; i < 5; i++) {
            said(ANN, "hi");
        }
        log.trim(HALL, 4);
        assertFalse(hall.resume(new Position(ManualLog.EPOCH, 2)).recovered());
        assertTrue(hall.resume(new Position(ManualLog.EPOCH, 3)).recovered());
    }

    @Test
    void signalsReachAllWhoListen() {
        List<String> heard = new ArrayList<>();
        rooms.onSignal((room, signal) -> heard.add("one " + room + " " + signal));
        rooms.onSignal((room, signal) -> heard.add("two " + room + " " + signal));
        Signal typing = new Signal.Typing(ANN);
        rooms.signal(HALL, typing);
        assertEquals(List.of("one hall " + typing, "two hall " + typing), heard);
    }
}
