package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RoomsTest extends RoomsFixture {
    @Test
    void aMessageIsInvisibleBeforeItsCommit() {
        Room hall = done(rooms.open(HALL));
        CompletionStage<Message> sent = rooms.send(HALL, Draft.text(ANN, "hi"));
        assertFalse(sent.toCompletableFuture().isDone());
        assertEquals(0, hall.tail());
        assertEquals("hi", done(sent).text());
        assertEquals("hi", hall.recent(1).message().text());
    }

    @Test
    void theRoomGrowsAndListenersAreCalledBeforeTheSendCompletes() {
        List<String> order = new ArrayList<>();
        Room hall = done(rooms.open(HALL));
        rooms.onGrowth((grown, before) -> order.add(grown.name() + " at " + grown.tail()));
        rooms.send(HALL, Draft.text(ANN, "hi")).thenAccept(message -> order.add("completed"));
        log.commit();
        assertEquals(List.of("hall at 1", "completed"), order);
        assertEquals(1, hall.tail());
    }

    @Test
    void oneBatchNotifiesEachRoomOnce() {
        done(rooms.open(HALL));
        done(rooms.open(RoomName.LOBBY));
        List<RoomName> notified = new ArrayList<>();
        rooms.onGrowth((grown, before) -> notified.add(grown.name()));
        for (int i = 0; i < 3; i++) {
            rooms.send(HALL, Draft.text(ANN, "hi"));
            rooms.send(RoomName.LOBBY, Draft.text(ANN, "hi"));
        }
        log.commit();
        assertEquals(List.of(HALL, RoomName.LOBBY), notified);
    }

    @Test
    void commitsAreNumberedAcrossRooms() {
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
    void theSequenceAdvancesAfterTheListenersWereCalled() {
        done(rooms.open(HALL));
        List<Long> seen = new ArrayList<>();
        rooms.onGrowth((grown, before) -> seen.add(rooms.sequence()));
        send(ANN, "hi");
        assertEquals(List.of(0L), seen);
        assertEquals(1, rooms.sequence());
    }

    @Test
    void aRepeatedKeyReturnsTheFirstMessage() {
        Room hall = done(rooms.open(HALL));
        Draft draft = new Draft(ANN, Kind.TEXT, "hi", null, null, "k1", Audience.EVERYONE);
        Message first = done(rooms.send(HALL, draft));
        Message again = done(rooms.send(HALL, draft));
        assertSame(first, again);
        assertEquals(1, hall.tail());
        assertEquals(1, rooms.sequence());
    }

    @Test
    void aFailureToCloseOneConnectionDoesNotKeepTheOthersOpen() {
        User expired = new User(ANN, List.of(), Optional.empty(), Optional.of(Instant.EPOCH), User.Provider.TOKEN);
        List<String> closed = new ArrayList<>();
        for (String connection : List.of("1", "2", "3")) {
            rooms.roomSession(expired, connection, reason -> {
                closed.add(connection);
                throw new IllegalStateException("planted");
            });
        }
        rooms.roomSessions().expire(Instant.now(), Duration.ZERO);
        assertEquals(Set.of("1", "2", "3"), Set.copyOf(closed));
    }

    @Test
    void theEntryKeepsItsAudience() {
        Room hall = done(rooms.open(HALL));
        Audience notThis = listener -> listener != this;
        done(rooms.send(HALL, new Draft(ANN, Kind.TEXT, "hi", null, null, null, notThis)));
        assertSame(notThis, hall.recent(1).audience());
    }

    @Test
    void historyIsReadBackwardsFromAPosition() {
        for (int i = 1; i <= 5; i++) {
            send(ANN, "m" + i);
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
    void namesAreSortedAndIncludeLoggedAndOccupiedRooms() {
        send(ANN, "hi");
        rooms.open(new RoomName("barn"));
        Presence.Stay stay = rooms.presence().enter(new RoomName("attic"), ANN);
        assertEquals(List.of(new RoomName("attic"), HALL), List.copyOf(done(rooms.names())));
        stay.end();
        assertEquals(List.of(HALL), List.copyOf(done(rooms.names())));
    }

    @Test
    void retentionTrimsAnOpenRoom() {
        Room hall = done(rooms.open(HALL));
        for (int i = 0; i < 5; i++) {
            send(ANN, "hi");
        }
        log.trim(HALL, 4);
        assertFalse(hall.resume(new Position(ManualLog.EPOCH, 2)).recovered());
        assertTrue(hall.resume(new Position(ManualLog.EPOCH, 3)).recovered());
    }

    @Test
    void signalsReachAllListeners() {
        List<String> received = new ArrayList<>();
        rooms.onSignal((room, signal) -> received.add("one " + room + " " + signal));
        rooms.onSignal((room, signal) -> received.add("two " + room + " " + signal));
        Signal typing = new Signal.Typing(ANN);
        rooms.signal(HALL, typing);
        assertEquals(List.of("one hall " + typing, "two hall " + typing), received);
    }
}
