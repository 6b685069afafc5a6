package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.ModerationAction.Type;
import veche.room.access.Grant;
import veche.room.access.Privilege;

/** Moderation of single rooms that a policy grants to users without a moderator role. */
class GrantedModerationTest {
    private static final RoomName CLASS = new RoomName("class-1");
    private static final RoomName HALL = new RoomName("hall");
    private static final Author TOM = new Author("user:tom", "Tom");
    private static final Author EVE = new Author("user:eve", "Eve");
    private static final Author MAX = new Author("user:max", "Max");

    private final Map<Author, Grant> inClass = new HashMap<>();
    private final List<String> lost = new ArrayList<>();
    private final Rooms rooms = new Rooms(
            Logs.memory(LogLimits.DEFAULT),
            new Room.Recent(16, 1 << 20),
            Permissions.DEFAULT,
            this::decide,
            Clock.systemUTC());

    GrantedModerationTest() {
        get(rooms.moderation().start());
        inClass.put(TOM, moderator(0, Privilege.MODERATION));
    }

    private CompletionStage<Grant> decide(User user, RoomName room) {
        Grant member = Grant.of(Privilege.MEMBERSHIP);
        return CompletableFuture.completedFuture(
                room.equals(CLASS) ? inClass.getOrDefault(user.author(), member) : member);
    }

    private static Grant moderator(int rank, Set<Privilege> moderation) {
        EnumSet<Privilege> privileges = EnumSet.copyOf(Privilege.MEMBERSHIP);
        privileges.addAll(moderation);
        return new Grant(privileges, rank, Optional.empty(), Optional.empty());
    }

    private static User user(Author author, String... roles) {
        return new User(author, List.of(roles), Optional.empty(), Optional.empty(), User.Provider.CONTAINER);
    }

    private RoomSession session(Author author, String... roles) {
        return rooms.roomSession(user(author, roles), author.id(), new RoomSession.Listener() {
            @Override
            public void onEjected(Ejection ejection) {
                lost.add(author.name() + ": all");
            }

            @Override
            public void onRoomLost(RoomName room, Ejection ejection) {
                lost.add(author.name() + ": " + room);
            }
        });
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static RefusedException.Reason refusal(CompletionStage<?> stage) {
        CompletionException failure = assertThrows(CompletionException.class, () -> get(stage));
        return ((RefusedException) failure.getCause()).reason();
    }

    private static ModerationOrder order(Type type, Author author, RoomName room) {
        if (type.isMode()) {
            return ModerationOrder.room(type, room, null, type == Type.SLOW ? Duration.ofSeconds(5) : null, "");
        }
        return ModerationOrder.author(type, author.id(), room, null, "");
    }

    /** A log that calls back for each rank that it stores. */
    private static MessageLog observed(Runnable onRank) {
        MessageLog log = Logs.memory(LogLimits.DEFAULT);
        RoomStateStore stateStore = proxy(RoomStateStore.class, (method, args) -> {
            if (method.getName().equals("noteRank")) {
                onRank.run();
            }
            return method.invoke(log.stateStore(), args);
        });
        return proxy(
                MessageLog.class,
                (method, args) -> method.getName().equals("stateStore") ? stateStore : method.invoke(log, args));
    }

    private interface Handler {
        Object handle(Method method, Object[] args) throws ReflectiveOperationException;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> handler.handle(method, args)));
    }

    @Test
    void aRankIsStoredAtTheEntryAndWhenItChanges() {
        AtomicInteger stored = new AtomicInteger();
        Rooms observed = new Rooms(
                observed(stored::incrementAndGet),
                new Room.Recent(16, 1 << 20),
                Permissions.DEFAULT,
                this::decide,
                Clock.systemUTC());
        RoomSession tom = observed.roomSession(user(TOM), "tom", ejection -> {});
        Presence.Stay stay = tom.attend(CLASS);
        observed.policyChanged();
        assertEquals(1, stored.get());
        inClass.put(TOM, moderator(50, Privilege.MODERATION));
        observed.policyChanged();
        assertEquals(2, stored.get());
        stay.end();
        tom.attend(CLASS);
        assertEquals(3, stored.get());
    }

    @ParameterizedTest
    @EnumSource(
            value = Type.class,
            names = {"KICK", "BAN", "UNBAN", "MUTE", "UNMUTE", "SLOW", "READONLY", "CLOSE", "OPEN"})
    void aGrantPermitsActionsInItsRoomOnly(Type type) {
        RoomSession tom = session(TOM);
        assertEquals(TOM, get(tom.rule(order(type, EVE, CLASS))).moderator().author());
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.rule(order(type, EVE, HALL))));
        if (!type.isMode()) {
            assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.rule(order(type, EVE, null))));
        }
    }

    @Test
    void eachPrivilegeIsGrantedByItself() {
        inClass.put(TOM, moderator(0, Set.of(Privilege.MUTE)));
        RoomSession tom = session(TOM);
        get(tom.rule(order(Type.MUTE, EVE, CLASS)));
        for (Type type : List.of(Type.KICK, Type.BAN, Type.CLOSE)) {
            assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.rule(order(type, EVE, CLASS))));
        }
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.audit(CLASS, Long.MAX_VALUE, 10)));
    }

    @Test
    void aModeratorOfARoomIsNotOneOfAllRooms() {
        RoomSession tom = session(TOM);
        assertEquals(
                RefusedException.Reason.NOT_ALLOWED, refusal(tom.revoke(order(Type.REVOKE, EVE, null), null, null)));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.audit(null, Long.MAX_VALUE, 10)));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.sanctions(null)));
        assertFalse(tom.seesAddresses());
        assertTrue(session(MAX, "moderator").seesAddresses());
    }

    @Test
    void messagesOfOthersAreDeletedAndTheirRevisionsRead() {
        RoomSession tom = session(TOM);
        RoomSession eve = session(EVE);
        for (RoomName room : List.of(CLASS, HALL)) {
            Message message = get(eve.send(room, Draft.text(EVE, "spam")));
            Draft deletion = new Draft(TOM, Kind.DELETE, null, null, message.id(), null, Audience.EVERYONE);
            if (room.equals(CLASS)) {
                get(tom.amend(room, deletion));
                assertEquals(
                        "spam", get(tom.revisions(room, message.id())).get(0).text());
            } else {
                assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.amend(room, deletion)));
                assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.revisions(room, message.id())));
            }
        }
        assertEquals(
                List.of(Type.DELETE),
                get(tom.audit(CLASS, Long.MAX_VALUE, 10)).stream()
                        .map(ModerationAction::type)
                        .toList());
    }

    @Test
    void theAuditLogAndTheSanctionsAreThoseOfTheRoom() {
        RoomSession admin = session(MAX, "admin");
        get(admin.rule(order(Type.MUTE, EVE, HALL)));
        get(admin.rule(order(Type.MUTE, EVE, null)));
        RoomSession tom = session(TOM);
        ModerationAction mute = get(tom.rule(order(Type.MUTE, EVE, CLASS)));
        assertEquals(List.of(mute), get(tom.audit(CLASS, Long.MAX_VALUE, 10)));
        assertEquals(List.of(mute), get(tom.sanctions(CLASS)));
        assertEquals(List.of(mute), get(admin.sanctions(CLASS)));
        assertEquals(3, get(admin.sanctions(null)).size());
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.audit(HALL, Long.MAX_VALUE, 10)));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.sanctions(HALL)));
    }

    @Test
    void theModesOfARoomDoNotRestrictItsModerators() {
        RoomSession tom = session(TOM);
        RoomSession eve = session(EVE);
        List.of(CLASS, HALL).forEach(tom::attend);
        List.of(CLASS, HALL).forEach(eve::attend);
        RoomSession admin = session(MAX, "admin");
        for (RoomName room : List.of(CLASS, HALL)) {
            get(admin.rule(order(Type.READONLY, EVE, room)));
        }
        get(tom.send(CLASS, Draft.text(TOM, "hello")));
        assertEquals(RefusedException.Reason.READ_ONLY, refusal(tom.send(HALL, Draft.text(TOM, "hello"))));
        assertEquals(RefusedException.Reason.READ_ONLY, refusal(eve.send(CLASS, Draft.text(EVE, "hello"))));
        for (RoomName room : List.of(CLASS, HALL)) {
            get(admin.rule(order(Type.CLOSE, EVE, room)));
        }
        assertEquals(Set.of("Eve: class-1", "Eve: hall", "Tom: hall"), Set.copyOf(lost));
        assertTrue(tom.mayEnter(CLASS));
        assertFalse(tom.mayEnter(HALL));
        rooms.checkEntry(tom.user(), CLASS, "");
        assertThrows(RefusedException.class, () -> rooms.checkEntry(tom.user(), HALL, ""));
        assertThrows(RefusedException.class, () -> rooms.checkEntry(eve.user(), CLASS, ""));
    }

    @Test
    void aModeratorActsOnLowerRanksOnly() {
        inClass.put(TOM, moderator(50, Privilege.MODERATION));
        inClass.put(EVE, moderator(10, Privilege.MODERATION));
        RoomSession tom = session(TOM);
        RoomSession eve = session(EVE);
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(eve.rule(order(Type.MUTE, TOM, CLASS))));
        ModerationAction mute = get(tom.rule(order(Type.MUTE, EVE, CLASS)));
        assertEquals(50, mute.moderator().rank());
        assertEquals(RefusedException.Reason.INVALID, refusal(tom.rule(order(Type.MUTE, TOM, CLASS))));
    }

    @Test
    void aRoleOutranksEveryGrant() {
        inClass.put(TOM, moderator(Grant.MAX_RANK, Privilege.MODERATION));
        RoomSession tom = session(TOM);
        RoomSession moderator = session(MAX, "moderator");
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(tom.rule(order(Type.KICK, MAX, CLASS))));
        tom.attend(CLASS);
        get(moderator.rule(order(Type.BAN, TOM, CLASS)));
        assertEquals(List.of("Tom: class-1"), lost);
        assertEquals(RefusedException.Reason.BANNED, refusal(tom.rule(order(Type.KICK, EVE, CLASS))));
    }

    @Test
    void aRankInARoomIsRememberedAfterTheModeratorHasLeft() {
        inClass.put(TOM, moderator(50, Privilege.MODERATION));
        inClass.put(EVE, moderator(10, Privilege.MODERATION));
        RoomSession tom = session(TOM);
        tom.attend(CLASS).end();
        tom.end();
        RoomSession eve = session(EVE);
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(eve.rule(order(Type.BAN, TOM, CLASS))));
        get(eve.rule(order(Type.BAN, MAX, CLASS)));
    }

    @Test
    void theSanctionOfAHigherRankIsNotLifted() {
        inClass.put(TOM, moderator(50, Privilege.MODERATION));
        inClass.put(MAX, moderator(10, Privilege.MODERATION));
        get(session(TOM).rule(order(Type.MUTE, EVE, CLASS)));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(session(MAX).rule(order(Type.UNMUTE, EVE, CLASS))));
    }

    @Test
    void aGrantHasPrivilegesAndRankAfterAllLimits() {
        Grant grant = get(session(TOM).grant(CLASS));
        assertTrue(grant.privileges().containsAll(Privilege.MODERATION));
        assertEquals(1, grant.rank());
        assertEquals(0, get(session(EVE).grant(CLASS)).rank());
        get(session(MAX, "admin").rule(order(Type.BAN, EVE, CLASS)));
        assertEquals(Grant.NONE, get(session(EVE).grant(CLASS)));
    }

    @Test
    void aRankAboveThoseOfGrantsIsRejected() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Grant(Set.of(), Grant.MAX_RANK + 1, Optional.empty(), Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new Grant(Set.of(), -1, Optional.empty(), Optional.empty()));
    }
}
