package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.ModerationAction.Type;
import veche.room.ModerationOrder;
import veche.room.Permissions;
import veche.room.RefusedException;
import veche.room.Room;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.User;
import veche.room.privacy.AuthorData;

/** Two nodes on one PostgreSQL: an action recorded on one takes effect on the other with its next poll. */
class ModerationOfTwoNodesTest extends LogFixture {
    private final String eve = "user:" + UUID.randomUUID();
    private final Queue<String> ejections = new ConcurrentLinkedQueue<>();

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(Postgres.url(), "postgres", "", limits);
    }

    private static User user(String id, String... roles) {
        return new User(new Author(id, "x"), List.of(roles), Optional.empty(), Optional.empty(), User.Provider.TOKEN);
    }

    private static Rooms node(MessageLog log) throws Exception {
        Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20), Permissions.DEFAULT, Clock.systemUTC());
        get(rooms.moderation().start());
        return rooms;
    }

    @Test
    void anAuthorWithoutConnectionKeepsItsRankOnEveryNode() throws Exception {
        try (MessageLog firstLog = log(LogLimits.DEFAULT);
                MessageLog secondLog = log(LogLimits.DEFAULT)) {
            Rooms first = node(firstLog);
            Rooms second = node(secondLog);
            first.roomSession(user(eve, "admin"), "1", ejection -> {}).end();
            assertEquals(200, get(firstLog.stateStore().rank(eve, null, Instant.EPOCH)));
            assertEquals(
                    RefusedException.Reason.NOT_ALLOWED,
                    refusal(second.moderation()
                            .rule(
                                    user("user:mod", "moderator"),
                                    "",
                                    ModerationOrder.author(Type.BAN, eve, null, null, ""))));
        }
    }

    @Test
    void aModeSetOnOneNodeRestrictsTheOther() throws Exception {
        try (MessageLog firstLog = log(LogLimits.DEFAULT);
                MessageLog secondLog = log(LogLimits.DEFAULT)) {
            Rooms first = node(firstLog);
            Rooms second = node(secondLog);
            RoomSession roomSession = second.roomSession(user(eve), "1", ejection -> {});
            User moderator = user("user:mod", "moderator");
            get(first.moderation().rule(moderator, "", ModerationOrder.room(Type.READONLY, room, null, null, "")));
            get(second.moderation().poll());
            assertEquals(
                    RefusedException.Reason.READ_ONLY,
                    refusal(roomSession.send(room, Draft.text(roomSession.user().author(), "x"))));
            get(second.moderation().rule(moderator, "", ModerationOrder.room(Type.OPEN, room, null, null, "")));
            get(roomSession.send(room, Draft.text(roomSession.user().author(), "x")));
        }
    }

    @Test
    void aBanIsReadWhileTheWriterWaitsForAnotherNode() throws Exception {
        try (MessageLog firstLog = log(LogLimits.DEFAULT);
                MessageLog secondLog = log(LogLimits.DEFAULT)) {
            Rooms first = node(firstLog);
            Rooms second = node(secondLog);
            Author ann = new Author("user:ann", "Ann");
            get(second.send(room, Draft.text(ann, "one")));
            RoomSession roomSession = second.roomSession(user(eve), "1", ejection -> {});
            try (Connection suspended = DriverManager.getConnection(Postgres.url(), "postgres", "")) {
                suspended.setAutoCommit(false);
                PostgresqlLogTest.lock(suspended, room);
                CompletionStage<Message> waiting = second.send(room, Draft.text(ann, "two"));
                User moderator = user("user:mod", "moderator");
                get(first.moderation().rule(moderator, "", ModerationOrder.author(Type.BAN, eve, null, null, "")));
                get(second.moderation().poll());
                assertEquals(
                        RefusedException.Reason.BANNED,
                        refusal(roomSession.send(
                                room, Draft.text(roomSession.user().author(), "x"))));
                suspended.rollback();
                get(waiting);
            }
        }
    }

    @Test
    void anErasureOnOneNodeReachesTheMemoryOfTheOther() throws Exception {
        try (MessageLog firstLog = log(LogLimits.DEFAULT);
                MessageLog secondLog = log(LogLimits.DEFAULT)) {
            Rooms first = node(firstLog);
            Rooms second = node(secondLog);
            Room inMemory = get(second.open(room));
            get(second.send(room, Draft.text(new Author(eve, "Eve"), "secret")));
            get(second.send(room, Draft.text(new Author("user:ann", "Ann"), "kept")));
            RoomSession admin = first.roomSession(user("user:boss", "admin"), "1", ejection -> {});
            assertEquals(1, get(new AuthorData(first).erase(admin, eve, "")));
            await().until(() -> recent(inMemory, 1).author().equals(Author.ERASED));
            assertNull(recent(inMemory, 1).text());
            assertEquals("kept", recent(inMemory, 2).text());
        }
    }

    private static Message recent(Room room, long position) {
        return Objects.requireNonNull(room.recent(position)).message();
    }

    @Test
    void aKickAndAMuteTakeEffectOnTheOtherNodeOnce() throws Exception {
        try (MessageLog firstLog = log(LogLimits.DEFAULT);
                MessageLog secondLog = log(LogLimits.DEFAULT)) {
            Rooms first = node(firstLog);
            Rooms second = node(secondLog);
            RoomSession roomSession = second.roomSession(user(eve), "1", ejection -> ejections.add(ejection.reason()));
            User moderator = user("user:mod", "moderator");
            get(first.moderation().rule(moderator, "", ModerationOrder.author(Type.KICK, eve, null, null, "out")));
            get(first.moderation().rule(moderator, "", ModerationOrder.author(Type.MUTE, eve, room, null, "caps")));
            await().until(() -> List.copyOf(ejections).equals(List.of("Kicked: out")));
            get(second.moderation().poll());
            assertEquals(1, ejections.size());
            assertEquals(
                    RefusedException.Reason.MUTED,
                    refusal(roomSession.send(room, Draft.text(roomSession.user().author(), "x"))));
            get(roomSession.send(other, Draft.text(roomSession.user().author(), "x")));
            get(second.moderation().rule(moderator, "", ModerationOrder.author(Type.BAN, eve, null, null, "")));
            get(first.moderation().poll());
            assertThrows(
                    RefusedException.class,
                    () -> first.roomSession(user(eve), "2", ejection -> ejections.add(ejection.reason())));
        }
    }
}
