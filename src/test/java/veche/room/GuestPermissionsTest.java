package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The access of guests to rooms. */
class GuestPermissionsTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final Author GUEST = new Author("guest:1", "Gus");
    private static final Author ANN = new Author("user:ann", "Ann");
    private static final User USER =
            new User(ANN, List.of(), Optional.empty(), Optional.empty(), User.Provider.CONTAINER);

    private final ManualLog log = new ManualLog();

    private Rooms rooms(Permissions.Guests guests) {
        Permissions permissions = new Permissions(guests, List.of("moderator"));
        Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20), permissions, Clock.systemUTC());
        rooms.moderation().start();
        return rooms;
    }

    private RoomSession session(Rooms rooms, User user) {
        return rooms.roomSession(user, "1", ejection -> {});
    }

    private Object outcome(CompletionStage<?> stage) {
        log.commit();
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failure) {
            return ((RefusedException) failure.getCause()).reason();
        }
    }

    @Test
    void aReadingGuestReadsAndMayNotWrite() {
        Rooms rooms = rooms(Permissions.Guests.READ);
        RoomSession user = session(rooms, USER);
        Message message = (Message) outcome(user.send(HALL, Draft.text(ANN, "hello")));
        RoomSession guest = session(rooms, User.guest(GUEST));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, outcome(guest.send(HALL, Draft.text(GUEST, "x"))));
        Draft reaction = new Draft(GUEST, Kind.REACTION, "+", null, message.id(), null, Audience.EVERYONE);
        assertEquals(RefusedException.Reason.NOT_ALLOWED, outcome(guest.amend(HALL, reaction)));
        assertThrows(RefusedException.class, () -> guest.signal(HALL, new Signal.Typing(GUEST)));
        assertEquals(message, outcome(guest.message(HALL, message.id())));
        assertTrue(guest.mayEnter(HALL));
        assertFalse(rooms.moderation().permissions().writes(guest.user()));
        assertTrue(rooms.moderation().permissions().writes(USER));
    }

    @Test
    void whereGuestsAreNotAdmittedUsersAre() {
        Rooms rooms = rooms(Permissions.Guests.NONE);
        RefusedException refusal = assertThrows(RefusedException.class, () -> session(rooms, User.guest(GUEST)));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal.reason());
        assertEquals("hello", ((Message) outcome(session(rooms, USER).send(HALL, Draft.text(ANN, "hello")))).text());
        assertEquals(1, rooms.roomSessions().all().size());
    }
}
