package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import veche.room.access.Grant;
import veche.room.access.MessageRate;
import veche.room.access.Privilege;
import veche.room.access.UserLimits;

/** The actions that limits of users concern. */
class UserLimitsTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final Author EVE = new Author("user:eve", "Eve");

    /** Permits by action, without renewal. */
    private final Map<UserLimits.Action, Integer> permits = new EnumMap<>(UserLimits.Action.class);

    private final List<String> subjects = new ArrayList<>();

    private final UserLimits limits = new UserLimits() {
        private String address = "";

        @Override
        public UserLimits from(String of, List<String> roles) {
            address = of + " " + roles;
            return this;
        }

        @Override
        public Optional<Duration> take(Action action, String author, long amount) {
            subjects.add(author + " " + address);
            if (permits.getOrDefault(action, Integer.MAX_VALUE) < amount) {
                return Optional.of(Duration.ofMillis(5));
            }
            permits.computeIfPresent(action, (one, left) -> left - (int) amount);
            return Optional.empty();
        }

        @Override
        public Optional<Duration> takeMessage(MessageRate rate, String author, String room) {
            return rate.equals(MessageRate.UNLIMITED) ? Optional.empty() : Optional.of(Duration.ofMillis(7));
        }

        @Override
        public void giveBack(Action action, String author, long amount) {
            permits.computeIfPresent(action, (one, left) -> left + (int) amount);
        }

        @Override
        public Optional<Duration> wait(Action action, String author) {
            return permits.getOrDefault(action, 1) > 0 ? Optional.empty() : Optional.of(Duration.ofMillis(5));
        }
    };

    private final ManualLog log = ManualLog.immediate();
    private Optional<MessageRate> granted = Optional.empty();
    private final Rooms rooms = new Rooms(
            log,
            new Room.Recent(16, 1 << 20),
            Permissions.DEFAULT,
            (user, room) -> CompletableFuture.completedFuture(new Grant(
                    Privilege.MEMBERSHIP, 0, room.equals(HALL) ? granted : Optional.empty(), Optional.empty())),
            limits,
            Clock.systemUTC());
    private final RoomSession eve;

    UserLimitsTest() {
        rooms.moderation().start();
        User user = new User(EVE, List.of("seller"), Optional.empty(), Optional.empty(), User.Provider.CONTAINER);
        eve = rooms.roomSession(user, "1", "203.0.113.7", ejection -> {});
    }

    private static RefusedException refusal(CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        return (RefusedException)
                assertThrows(CompletionException.class, future::join).getCause();
    }

    private static void assertLimited(RefusedException refusal) {
        assertEquals(RefusedException.Reason.LIMITED, refusal.reason());
        assertEquals(Duration.ofMillis(5), refusal.retryAfter());
    }

    private CompletionStage<Message> sendFile(RoomName room, int bytes) {
        return eve.send(room, Draft.file(EVE, ByteBuffer.allocate(bytes)));
    }

    private CompletionStage<Message> send(RoomName room) {
        return eve.send(room, Draft.text(EVE, "x"));
    }

    @Test
    void messagesEditsReactionsDeletionsAndTypingAreLimitedTogether() {
        permits.put(UserLimits.Action.MESSAGE, 1);
        Message sent = send(HALL).toCompletableFuture().join();
        assertLimited(refusal(send(HALL)));
        for (Kind kind : List.of(Kind.EDIT, Kind.REACTION, Kind.DELETE)) {
            String text = kind == Kind.DELETE ? null : "y";
            Draft change = new Draft(EVE, kind, text, null, sent.id(), null, Audience.EVERYONE);
            assertLimited(refusal(eve.amend(HALL, change)));
        }
        assertLimited(assertThrows(RefusedException.class, () -> eve.signal(HALL, new Signal.Typing(EVE))));
        assertEquals(1, log.messages(HALL).size());
        assertEquals("user:eve 203.0.113.7 [seller]", subjects.get(0));
    }

    @Test
    void theRateOfAGrantReplacesThatOfMessagesInItsRoom() {
        permits.put(UserLimits.Action.MESSAGE, 1);
        granted = Optional.of(MessageRate.UNLIMITED);
        for (int i = 0; i < 3; i++) {
            send(HALL).toCompletableFuture().join();
        }
        send(RoomName.LOBBY).toCompletableFuture().join();
        assertLimited(refusal(send(RoomName.LOBBY)));
        granted = Optional.of(new MessageRate(1, Duration.ofHours(1), 1));
        rooms.policyChanged();
        RefusedException refusal = refusal(send(HALL));
        assertEquals(RefusedException.Reason.LIMITED, refusal.reason());
        assertEquals(Duration.ofMillis(7), refusal.retryAfter());
    }

    @Test
    void bytesOfFilesAreLimitedAndThoseOfRefusedFilesDoNotCount() {
        permits.put(UserLimits.Action.ATTACHMENT_BYTE, 10);
        sendFile(HALL, 6).toCompletableFuture().join();
        assertLimited(refusal(sendFile(HALL, 5)));
        send(HALL).toCompletableFuture().join();
        permits.put(UserLimits.Action.ROOM, 0);
        assertLimited(refusal(sendFile(new RoomName("another"), 4)));
        permits.remove(UserLimits.Action.ROOM);
        sendFile(HALL, 4).toCompletableFuture().join();
        assertEquals(3, log.messages(HALL).size());
        assertEquals(0, permits.get(UserLimits.Action.ATTACHMENT_BYTE));
    }

    @Test
    void joinsAreLimited() {
        permits.put(UserLimits.Action.JOIN, 1);
        assertNotNull(eve.attend(HALL));
        assertLimited(assertThrows(RefusedException.class, () -> eve.attend(RoomName.LOBBY)));
        assertEquals(1, eve.attended().size());
    }

    @Test
    void newRoomsAreLimitedAndExistingOnesRemainWritable() {
        permits.put(UserLimits.Action.ROOM, 1);
        rooms.open(HALL);
        send(HALL).toCompletableFuture().join();
        assertLimited(refusal(send(new RoomName("another"))));
        send(HALL).toCompletableFuture().join();
        assertEquals(2, log.messages(HALL).size());
    }
}
