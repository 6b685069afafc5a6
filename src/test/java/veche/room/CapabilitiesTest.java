package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.room.access.Capabilities;
import veche.room.access.Grant;
import veche.room.access.NameRange;
import veche.room.access.Privilege;

/** The enforcement of a token's capabilities. */
class CapabilitiesTest {
    private static final RoomName HALL = new RoomName("hall");
    private static final RoomName CLASS = new RoomName("class-1");
    private static final Author ANN = new Author("user:ann", "Ann");
    private static final Author EVE = new Author("user:eve", "Eve");
    private static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");

    private Set<Privilege> policy = Privilege.MEMBERSHIP;
    private final List<String> lost = new ArrayList<>();
    private final Rooms rooms = new Rooms(
            Logs.memory(LogLimits.DEFAULT),
            new Room.Recent(16, 1 << 20),
            Permissions.DEFAULT,
            (user, room) -> CompletableFuture.completedFuture(Grant.of(policy)),
            Clock.systemUTC());

    CapabilitiesTest() {
        rooms.moderation().start().toCompletableFuture().join();
    }

    private static Capabilities.Entry may(String pattern, Privilege... privileges) {
        return new Capabilities.Entry(List.of(NameRange.of(pattern)), Set.of(privileges));
    }

    private static User user(Author author, List<String> roles, Capabilities.Entry... entries) {
        return new User(
                author,
                roles,
                Optional.empty(),
                Optional.of(NEVER),
                User.Provider.TOKEN,
                Optional.empty(),
                Optional.of(new Capabilities(Arrays.asList(entries))));
    }

    private RoomSession session(User user) {
        return rooms.roomSession(user, user.author().id(), new RoomSession.Listener() {
            @Override
            public void onEjected(Ejection ejection) {
                lost.add("all");
            }

            @Override
            public void onRoomLost(RoomName room, Ejection ejection) {
                lost.add(room.value());
            }
        });
    }

    private RoomSession ann(Capabilities.Entry... entries) {
        return session(user(ANN, List.of(), entries));
    }

    private static RefusedException.Reason refusal(CompletionStage<?> stage) {
        CompletionException failure = assertThrows(
                CompletionException.class, () -> stage.toCompletableFuture().join());
        return ((RefusedException) failure.getCause()).reason();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Set<Privilege> privileges(RoomSession session, RoomName room) {
        EnumSet<Privilege> privileges = EnumSet.allOf(Privilege.class);
        privileges.removeIf(privilege -> !session.has(room, privilege));
        return privileges;
    }

    @Test
    void aTokenAdmitsToItsRoomsOnly() {
        RoomSession ann = ann(may("class-*", Privilege.READ), may("lobby", Privilege.READ));
        assertTrue(ann.mayEnter(CLASS));
        assertTrue(ann.mayEnter(RoomName.LOBBY));
        assertFalse(ann.mayEnter(HALL));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(ann.open(HALL)));
        assertTrue(ann.mayEnterAny("cl"));
        assertTrue(ann.mayEnterAny("class-2"));
        assertFalse(ann.mayEnterAny("h"));
        assertTrue(ann.user().confined());
    }

    @Test
    void withoutThePrivilegeToReadARoomIsNotAdmitted() {
        RoomSession ann = ann(may("*", Privilege.WRITE));
        assertFalse(ann.mayEnter(HALL));
        assertFalse(ann.mayEnterAny(""));
        assertFalse(ann().mayEnterAny(""));
    }

    @Test
    void theEntriesOfARoomAddUpAndThePolicyLimitsThem() {
        Capabilities.Entry[] both = {
            may("*", Privilege.READ), may("hall", Privilege.WRITE, Privilege.HISTORY, Privilege.ATTACH)
        };
        assertEquals(
                Set.of(Privilege.READ, Privilege.WRITE, Privilege.HISTORY, Privilege.ATTACH),
                privileges(ann(both), HALL));
        assertEquals(Set.of(Privilege.READ), privileges(ann(both), CLASS));
        policy = Set.of(Privilege.READ, Privilege.WRITE, Privilege.REACT);
        assertEquals(Set.of(Privilege.READ, Privilege.WRITE), privileges(ann(both), HALL));
        policy = Set.of(Privilege.WRITE);
        assertEquals(Set.of(), privileges(ann(both), HALL));
    }

    @Test
    void theListOfRoomsLimitsThemToo() {
        User user = user(ANN, List.of(), may("class-*", Privilege.READ));
        RoomSession ann = session(new User(
                user.author(),
                user.roles(),
                Optional.of(Set.of(CLASS, HALL)),
                user.expires(),
                user.provider(),
                user.token(),
                user.capabilities()));
        assertTrue(ann.mayEnter(CLASS));
        assertFalse(ann.mayEnter(HALL));
        assertFalse(ann.mayEnter(new RoomName("class-2")));
        assertFalse(ann.mayEnterAny("class-2"));
    }

    private static ModerationOrder kick(RoomName room) {
        return ModerationOrder.author(ModerationAction.Type.KICK, EVE.id(), room, null, "");
    }

    @Test
    void capabilitiesGrantModerationOfTheirRoomsOnly() {
        RoomSession ann = ann(may("class-*", Privilege.READ, Privilege.KICK), may("*", Privilege.READ));
        session(user(EVE, List.of(), may("*", Privilege.READ))).attend(CLASS);
        assertEquals(CLASS, get(ann.rule(kick(CLASS))).room());
        assertEquals(List.of(CLASS.value()), lost);
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(ann.rule(kick(HALL))));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(ann.rule(kick(null))));
        ModerationOrder mute = ModerationOrder.author(ModerationAction.Type.MUTE, EVE.id(), CLASS, null, "");
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(ann.rule(mute)));
    }

    @Test
    void aModeratorsMessagesAreNotDeletedWithoutItsCapability() {
        RoomSession eve = session(user(EVE, List.of(), may("*", Privilege.READ, Privilege.WRITE, Privilege.CREATE)));
        Message message = get(eve.send(HALL, Draft.text(EVE, "hello")));
        Draft deletion = new Draft(ANN, Kind.DELETE, null, null, message.id(), null, Audience.EVERYONE);
        assertEquals(
                RefusedException.Reason.NOT_ALLOWED,
                refusal(ann(may("*", Privilege.READ, Privilege.DELETE_OWN)).amend(HALL, deletion)));
        assertEquals(
                Kind.DELETE,
                get(ann(may("hall", Privilege.READ, Privilege.DELETE)).amend(HALL, deletion))
                        .kind());
    }

    @Test
    void capabilitiesLimitTheModerationOfRoles() {
        RoomSession boss = session(user(ANN, List.of("admin"), may("hall", Privilege.READ, Privilege.MUTE)));
        assertEquals(Set.of(Privilege.READ, Privilege.MUTE), privileges(boss, HALL));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(boss.rule(kick(HALL))));
        assertEquals(Set.of(), rooms.moderation().permissions().of(boss.user()));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(boss.audit(null, Long.MAX_VALUE, 10)));
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(boss.sanctions(HALL)));
    }

    @Test
    void aRenewedTokenReplacesTheCapabilities() {
        RoomSession ann = ann(may("*", Privilege.READ, Privilege.WRITE));
        ann.attend(CLASS);
        ann.attend(HALL);
        ann.renew(user(ANN, List.of(), may("class-*", Privilege.READ)));
        assertEquals(List.of("hall"), lost);
        assertEquals(Set.of(Privilege.READ), privileges(ann, CLASS));
    }

    @Test
    void capabilitiesMayRaiseTheRankInTheirRooms() {
        Capabilities.Entry ranked = new Capabilities.Entry(
                List.of(NameRange.of("class-*")), EnumSet.of(Privilege.READ, Privilege.KICK), 40);
        RoomSession ann = ann(ranked, may("*", Privilege.READ));
        RoomSession eve = session(user(EVE, List.of(), may("*", Privilege.READ, Privilege.KICK)));
        assertEquals(40, ann.rank(CLASS));
        assertEquals(0, ann.rank(HALL));
        assertEquals(1, eve.rank(CLASS));
        get(ann.rule(kick(CLASS)));
        ModerationOrder back = ModerationOrder.author(ModerationAction.Type.KICK, ANN.id(), CLASS, null, "");
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(eve.rule(back)));
    }

    @Test
    void erasureIsReservedToRoles() {
        RoomSession ann = session(
                user(ANN, List.of(), Stream.of(may("*", Privilege.values())).toArray(Capabilities.Entry[]::new)));
        ModerationOrder erase = ModerationOrder.author(ModerationAction.Type.ERASE, EVE.id(), HALL, null, "");
        assertEquals(RefusedException.Reason.NOT_ALLOWED, refusal(ann.rule(erase)));
        assertFalse(ann.has(HALL, Privilege.ERASE));
    }
}
