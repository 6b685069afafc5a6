package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changes of a user's access during a session. */
class RoomSessionTest extends RoomsFixture {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RoomName BARN = new RoomName("barn");

    private final Log received = new Log();

    /** Records what a connection is notified of. */
    private static final class Log implements RoomSession.Listener {
        private final List<String> entries = new ArrayList<>();

        @Override
        public void onEjected(Ejection ejection) {
            entries.add("closed: " + ejection.reason());
        }

        @Override
        public void onRoomLost(RoomName room, Ejection ejection) {
            entries.add("lost " + room + ": " + ejection.reason());
        }

        @Override
        public void onExpiring(Instant expires) {
            entries.add("expiring " + expires);
        }
    }

    private static User user(String id, Instant expires, String... roomNames) {
        return new User(
                new Author("user:" + id, id),
                List.of(),
                roomNames.length == 0
                        ? Optional.empty()
                        : Optional.of(Stream.of(roomNames).map(RoomName::new).collect(Collectors.toSet())),
                Optional.of(expires),
                User.Provider.TOKEN);
    }

    private RoomSession session(User user) {
        return rooms.roomSession(user, "1", received);
    }

    private static void assertRefused(RoomSession session, User renewed, RefusedException.Reason reason) {
        User before = session.user();
        assertEquals(
                reason,
                assertThrows(RefusedException.class, () -> session.renew(renewed))
                        .reason());
        assertEquals(before, session.user());
    }

    @Test
    void aRenewedUserHasTheRoomsAndExpiryOfTheNewerToken() {
        RoomSession session = session(user("ann", NOW, "hall"));
        assertFalse(session.mayEnter(BARN));
        session.renew(user("ann", NOW.plusSeconds(60), "hall", "barn"));
        assertTrue(session.mayEnter(BARN));
        rooms.roomSessions().expire(NOW, Duration.ZERO);
        assertEquals(List.of(), received.entries);
        rooms.roomSessions().expire(NOW.plusSeconds(60), Duration.ZERO);
        assertEquals(List.of("closed: token expired"), received.entries);
    }

    @Test
    void aTokenOfTheSameExpiryIsAccepted() {
        session(user("ann", NOW)).renew(user("ann", NOW));
    }

    @Test
    void onlyALaterTokenOfTheSameSubjectIsAccepted() {
        RoomSession session = session(user("ann", NOW));
        assertRefused(session, user("bob", NOW), RefusedException.Reason.NOT_ALLOWED);
        assertRefused(session, user("ann", NOW.minusSeconds(1)), RefusedException.Reason.INVALID);
        assertRefused(session(User.guest(ANN)), user("ann", NOW), RefusedException.Reason.NOT_ALLOWED);
        assertRefused(session, User.guest(session.user().author()), RefusedException.Reason.NOT_ALLOWED);
    }

    @Test
    void roomsThatTheNewerTokenDoesNotGrantAreLostOneByOne() {
        RoomSession session = session(user("ann", NOW));
        session.attend(HALL);
        session.attend(BARN);
        session.renew(user("ann", NOW, "barn"));
        assertEquals(List.of("lost hall: Your token no longer grants access to hall"), received.entries);
    }

    @Test
    void aClientIsWarnedOnceOfEachExpiry() {
        RoomSession session = session(user("ann", NOW));
        rooms.roomSessions().expire(NOW.minusSeconds(60), MINUTE);
        assertEquals(List.of(), received.entries);
        rooms.roomSessions().expire(NOW.minusSeconds(59), MINUTE);
        rooms.roomSessions().expire(NOW.minusSeconds(58), MINUTE);
        assertEquals(List.of("expiring 2030-01-01T00:00:00Z"), received.entries);
        session.renew(user("ann", NOW.plusSeconds(30)));
        rooms.roomSessions().expire(NOW, MINUTE);
        assertEquals(List.of("expiring 2030-01-01T00:00:00Z", "expiring 2030-01-01T00:00:30Z"), received.entries);
    }

    @Test
    void theSessionsOfAnAuthorAreFoundUntilTheyEnd() {
        RoomSession first = session(user("ann", NOW));
        RoomSession second = session(user("ann", NOW));
        session(user("bob", NOW));
        assertEquals(Set.of(first, second), Set.copyOf(rooms.roomSessions().of("user:ann")));
        first.end();
        assertEquals(List.of(second), rooms.roomSessions().of("user:ann"));
        second.end();
        assertEquals(List.of(), rooms.roomSessions().of("user:ann"));
        assertEquals(1, rooms.roomSessions().all().size());
    }
}
