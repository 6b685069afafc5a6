package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import veche.room.access.Grant;
import veche.room.access.Privilege;
import veche.testing.ManualClock;

/** The enforcement of a policy's grants in a room. */
class RoomPolicyTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final Author ANN = new Author("user:ann", "Ann");
    private static final Author EVE = new Author("user:eve", "Eve");

    private final ManualLog log = ManualLog.immediate();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<String> consulted = new ArrayList<>();
    private CompletionStage<Grant> decision = granting(EnumSet.allOf(Privilege.class));

    private final Rooms rooms = new Rooms(log, new Room.Recent(16, 1 << 20), Permissions.DEFAULT, this::decide, clock);
    private final RoomSession ann = session(ANN);

    RoomPolicyTest() {
        rooms.moderation().start();
    }

    private CompletionStage<Grant> decide(User user, RoomName room) {
        consulted.add(user.author().name() + " " + room);
        return decision;
    }

    private static CompletionStage<Grant> granting(Set<Privilege> privileges) {
        return CompletableFuture.completedFuture(Grant.of(privileges));
    }

    private static CompletionStage<Grant> without(Privilege privilege) {
        return granting(EnumSet.complementOf(EnumSet.of(privilege)));
    }

    private RoomSession session(Author author) {
        User user = new User(author, List.of(), Optional.empty(), Optional.empty(), User.Provider.CONTAINER);
        return rooms.roomSession(user, author.id(), ejection -> {});
    }

    private Message message() {
        return (Message) outcome(ann.send(HALL, Draft.text(ANN, "hello")));
    }

    private Object outcome(CompletionStage<?> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException failure) {
            return ((RefusedException) failure.getCause()).reason();
        }
    }

    private static Draft change(Kind kind, Author author, Message target) {
        String text = kind == Kind.DELETE ? null : "+";
        return new Draft(author, kind, text, null, target.id(), null, Audience.EVERYONE);
    }

    private CompletionStage<?> attempt(Privilege privilege, RoomSession eve, Message own) {
        return switch (privilege) {
            case READ -> eve.open(HALL);
            case HISTORY -> eve.history(HALL, Long.MAX_VALUE, 10);
            case WRITE -> eve.send(HALL, Draft.text(EVE, "x"));
            case ATTACH -> eve.send(HALL, Draft.file(EVE, ByteBuffer.wrap(new byte[] {1})));
            case REACT -> eve.amend(HALL, change(Kind.REACTION, EVE, own));
            case EDIT_OWN -> eve.amend(HALL, change(Kind.EDIT, EVE, own));
            case DELETE_OWN -> eve.amend(HALL, change(Kind.DELETE, EVE, own));
            case CREATE -> eve.send(new RoomName("unknown"), Draft.text(EVE, "x"));
            default -> throw new AssertionError(privilege);
        };
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "HISTORY", "WRITE", "ATTACH", "REACT", "EDIT_OWN", "DELETE_OWN", "CREATE"})
    void eachOperationRequiresItsPrivilege(Privilege privilege) {
        message();
        Message own = (Message) outcome(session(EVE).send(HALL, Draft.text(EVE, "mine")));
        decision = granting(
                Privilege.MEMBERSHIP.stream().filter(one -> one != privilege).collect(Collectors.toSet()));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, outcome(attempt(privilege, session(EVE), own)));
        decision = granting(EnumSet.of(Privilege.READ, privilege, Privilege.WRITE));
        assertFalse(outcome(attempt(privilege, session(EVE), own)) instanceof RefusedException.Reason);
    }

    @Test
    void joinsAndLeavesRequireTheListOfMembers() {
        decision = without(Privilege.MEMBERS);
        assertFalse(ann.mayReceive(HALL, new Signal.Joined(EVE)));
        assertFalse(ann.mayReceive(HALL, new Signal.Left(EVE)));
        assertTrue(ann.mayReceive(HALL, new Signal.Typing(EVE)));
    }

    @Test
    void withoutThePrivilegeToReadNoOtherApplies() {
        decision = without(Privilege.READ);
        assertFalse(ann.mayEnter(HALL));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, outcome(ann.send(HALL, Draft.text(ANN, "x"))));
        assertThrows(RefusedException.class, () -> ann.enter(HALL, ANN));
    }

    @Test
    void withoutHistoryMissedMessagesAreNotRecovered() {
        Room room = (Room) outcome(ann.open(HALL));
        Position start = room.end();
        Message sent = message();
        decision = without(Privilege.HISTORY);
        RoomSession eve = session(EVE);
        assertEquals(new Resumption(false, 1, sent.position()), eve.resume(room, start));
        assertEquals(new Resumption(true, 1, sent.position()), eve.resume(room, sent.position()));
        assertEquals(new Resumption(true, 0, sent.position()), ann.resume(room, start));
    }

    @Test
    void aPrivilegeOfModerationIsNotRequiredToDeleteOwnMessages() {
        Message own = message();
        decision = granting(Privilege.MEMBERSHIP);
        assertEquals(Kind.DELETE, ((Message) outcome(session(ANN).amend(HALL, change(Kind.DELETE, ANN, own)))).kind());
    }

    @Test
    void aGrantIsCachedUntilItExpires() {
        decision = CompletableFuture.completedFuture(
                new Grant(Privilege.READING, Optional.of(clock.instant().plusSeconds(10))));
        RoomSession eve = session(EVE);
        assertTrue(eve.mayEnter(HALL));
        decision = granting(Set.of());
        assertTrue(eve.mayEnter(HALL));
        clock.advance(Duration.ofSeconds(10));
        assertFalse(eve.mayEnter(HALL));
        assertEquals(List.of("Eve hall", "Eve hall"), consulted);
    }

    @Test
    void operationsWaitInOrderForAPendingDecision() {
        CompletableFuture<Grant> pending = new CompletableFuture<>();
        decision = pending;
        Function<String, CompletionStage<Message>> send = text -> ann.send(HALL, Draft.text(ANN, text));
        List<CompletionStage<Message>> sent = List.of(send.apply("1"), send.apply("2"), send.apply("3"));
        assertFalse(ann.mayEnter(HALL));
        pending.complete(Grant.of(Privilege.MEMBERSHIP));
        assertEquals(
                List.of("1", "2", "3"),
                log.messages(HALL).stream().map(Message::text).toList());
        assertTrue(sent.stream().allMatch(stage -> stage.toCompletableFuture().isDone()));
        assertEquals(List.of("Ann hall"), consulted);
    }

    @Test
    void afterAFailureThePolicyIsConsultedAgain() {
        decision = CompletableFuture.failedFuture(new IllegalStateException("no answer"));
        assertEquals(RefusedException.Reason.BUSY, outcome(ann.open(HALL)));
        decision = granting(Privilege.READING);
        assertEquals(Room.class, outcome(ann.open(HALL)).getClass());
    }

    private final List<String> lost = new ArrayList<>();

    private RoomSession attending(Author author, RoomName... entered) {
        User user = new User(author, List.of(), Optional.empty(), Optional.empty(), User.Provider.CONTAINER);
        RoomSession session = rooms.roomSession(user, author.id(), new RoomSession.Listener() {
            @Override
            public void onEjected(Ejection ejection) {
                lost.add("all");
            }

            @Override
            public void onRoomLost(RoomName room, Ejection ejection) {
                lost.add(room + ": " + ejection.reason());
            }
        });
        List.of(entered).forEach(session::attend);
        return session;
    }

    @Test
    void aChangeOfThePolicyEndsTheStaysInRoomsThatItNoLongerPermits() {
        RoomName yard = new RoomName("yard");
        attending(EVE, HALL, yard);
        decision = granting(Set.of());
        rooms.policyChanged();
        assertEquals(2, lost.size());
        assertTrue(lost.stream().anyMatch(room -> room.startsWith("hall: ")), lost::toString);
    }

    @Test
    void aDecisionFromBeforeALaterChangeEndsNoStay() {
        attending(EVE, HALL);
        CompletableFuture<Grant> obsolete = new CompletableFuture<>();
        decision = obsolete;
        rooms.policyChanged();
        decision = granting(Privilege.READING);
        rooms.policyChanged();
        obsolete.complete(Grant.NONE);
        assertEquals(List.of(), lost);
    }

    @Test
    void aStayEndsAtTheExpiryOfItsGrantUnlessThePolicyGrantsItAgain() {
        decision = CompletableFuture.completedFuture(
                new Grant(Privilege.READING, Optional.of(clock.instant().plusSeconds(10))));
        attending(EVE, HALL);
        clock.advance(Duration.ofSeconds(10));
        decision = granting(Privilege.READING);
        rooms.roomSessions().expire(clock.instant(), Duration.ZERO);
        assertEquals(List.of(), lost);
        decision = CompletableFuture.failedFuture(new IllegalStateException("no answer"));
        rooms.policyChanged();
        assertEquals(1, lost.size());
    }

    @Test
    void aPolicyDoesNotExceedTheAccessOfGuests() {
        Permissions permissions = new Permissions(Permissions.Guests.READ, List.of());
        Rooms reading = new Rooms(log, new Room.Recent(16, 1 << 20), permissions, this::decide, clock);
        RoomSession guest = reading.roomSession(User.guest(EVE), "1", ejection -> {});
        assertTrue(guest.has(HALL, Privilege.HISTORY));
        assertFalse(guest.has(HALL, Privilege.WRITE));
        assertFalse(guest.has(HALL, Privilege.DELETE));
    }

    @Test
    void applicationCodeInTheServerIsNotSubjectToThePolicy() {
        decision = granting(Set.of());
        RoomSession server = rooms.roomSession(User.server(EVE), "1", ejection -> {});
        assertTrue(server.has(HALL, Privilege.WRITE));
        assertEquals(List.of(), consulted);
    }
}
