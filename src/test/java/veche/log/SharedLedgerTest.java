package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.Moderation.Order;
import veche.room.ModerationAction.Type;
import veche.room.Permissions;
import veche.room.RefusedException;
import veche.room.Room;
import veche.room.RoomSession;
import veche.room.Rooms;
import veche.room.User;

/** Two nodes on one PostgreSQL: what is ruled on one holds on the other with its next poll. */
class SharedLedgerTest extends LogFixture {
    private final String eve = "user:" + UUID.randomUUID();
    private final Queue<String> doors = new ConcurrentLinkedQueue<>();

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
    void aKickAndAMuteReachTheOtherNodeOnce() throws Exception {
        try (MessageLog one = log(LogLimits.DEFAULT);
                MessageLog two = log(LogLimits.DEFAULT)) {
            Rooms here = node(one);
            Rooms there = node(two);
            RoomSession roomSession = there.roomSession(user(eve), "1", ejection -> doors.add(ejection.reason()));
            User moderator = user("user:mod", "moderator");
            get(here.moderation().rule(moderator, new Order(Type.KICK, eve, null, null, "out")));
            get(here.moderation().rule(moderator, new Order(Type.MUTE, eve, room, null, "caps")));
            assertEquals(List.of(), List.copyOf(doors));
            get(there.moderation().poll());
            assertEquals(List.of("Kicked: out"), List.copyOf(doors));
            get(there.moderation().poll());
            assertEquals(1, doors.size());
            assertEquals(
                    RefusedException.Reason.MUTED,
                    refusal(roomSession.send(room, Draft.text(roomSession.user().author(), "x"))));
            get(roomSession.send(other, Draft.text(roomSession.user().author(), "x")));
            get(there.moderation().rule(moderator, new Order(Type.BAN, eve, null, null, "")));
            get(here.moderation().poll());
            assertThrows(
                    RefusedException.class,
                    () -> here.roomSession(user(eve), "2", ejection -> doors.add(ejection.reason())));
        }
    }
}
