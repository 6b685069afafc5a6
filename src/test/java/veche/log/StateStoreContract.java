package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import veche.room.Author;
import veche.room.MessageLog;
import veche.room.ModerationAction;
import veche.room.ModerationAction.Type;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomStateStore;
import veche.room.RoomStateStore.Revocation;
import veche.room.address.AddressRange;

/** Requirements on the state store of every log: moderation actions, names and read marks. */
abstract class StateStoreContract extends LogFixture {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");
    private static final ModerationAction.Moderator MODERATOR =
            new ModerationAction.Moderator(new Author("user:mod", "Модератор"), 1, "192.0.2.7");

    /** An author used by this test alone, since databases are shared between tests. */
    private final String eve = "guest:" + UUID.randomUUID();

    private ModerationAction action(Type type, RoomName scope, Instant until) {
        return new ModerationAction(0, NOON, MODERATOR, type, eve, scope, until, "Спам & more", null);
    }

    private ModerationAction record(RoomStateStore stateStore, ModerationAction action) throws Exception {
        return get(stateStore.record(action));
    }

    private List<ModerationAction> inEffect(RoomStateStore stateStore) throws Exception {
        return get(stateStore.sanctions()).stream()
                .filter(action -> action.author().equals(eve))
                .toList();
    }

    @Test
    void actionsAreNumberedInOrderAndReadBackUnchanged() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        ModerationAction kick = record(stateStore, action(Type.KICK, room, null));
        ModerationAction ban = record(stateStore, action(Type.BAN, null, NOON.plusSeconds(60)));
        ModerationAction delete = record(
                stateStore,
                new ModerationAction(0, NOON, MODERATOR, Type.DELETE, eve, room, null, "", UUID.randomUUID()));
        assertEquals(List.of(kick.number() + 1, kick.number() + 2), List.of(ban.number(), delete.number()));
        assertEquals(List.of(kick, ban, delete), get(stateStore.after(kick.number() - 1, 10)));
        assertEquals(List.of(kick), get(stateStore.after(kick.number() - 1, 1)));
        assertEquals(List.of(delete, ban), get(stateStore.before(Long.MAX_VALUE, 2, Optional.empty())));
        assertEquals(List.of(ban, kick), get(stateStore.before(delete.number(), 2, Optional.empty())));
        assertEquals(
                List.of(delete, kick), get(stateStore.before(Long.MAX_VALUE, 9, Optional.of(Set.of(room, other)))));
        assertEquals(List.of(), get(stateStore.before(Long.MAX_VALUE, 9, Optional.of(Set.of(other)))));
        assertEquals(List.of(), get(stateStore.before(Long.MAX_VALUE, 9, Optional.of(Set.of()))));
        assertEquals(List.of(), get(stateStore.after(delete.number(), 10)));
    }

    @Test
    void aSanctionIsInEffectUntilItIsLiftedAndALaterOneReplacesIt() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        record(stateStore, action(Type.BAN, null, null));
        ModerationAction later = record(stateStore, action(Type.BAN, null, NOON));
        ModerationAction inRoom = record(stateStore, action(Type.BAN, room, null));
        ModerationAction muted = record(stateStore, action(Type.MUTE, null, null));
        record(stateStore, action(Type.KICK, null, null));
        assertEquals(List.of(later, inRoom, muted), inEffect(stateStore));
        record(stateStore, action(Type.UNBAN, null, null));
        assertEquals(List.of(inRoom, muted), inEffect(stateStore));
        record(stateStore, action(Type.UNMUTE, other, null));
        assertEquals(List.of(inRoom, muted), inEffect(stateStore));
        record(stateStore, action(Type.UNMUTE, null, null));
        record(stateStore, action(Type.UNBAN, room, null));
        assertEquals(List.of(), inEffect(stateStore));
    }

    private ModerationAction by(ModerationAction action, int rank) {
        return new ModerationAction(
                0,
                action.at(),
                new ModerationAction.Moderator(MODERATOR.author(), rank, ""),
                action.type(),
                action.author(),
                action.room(),
                action.until(),
                action.reason(),
                null,
                action.address(),
                action.interval());
    }

    @Test
    void aSanctionIsNeitherReplacedNorLiftedByALowerRank() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        ModerationAction ban = record(stateStore, by(action(Type.BAN, room, NOON.plusSeconds(60)), 2));
        for (Type type : List.of(Type.BAN, Type.UNBAN)) {
            assertEquals(
                    RefusedException.Reason.NOT_ALLOWED, refusal(stateStore.record(by(action(type, room, null), 1))));
        }
        assertEquals(List.of(ban), inEffect(stateStore));
        ModerationAction elsewhere = record(stateStore, by(action(Type.BAN, null, null), 1));
        assertEquals(List.of(ban, elsewhere), inEffect(stateStore));
        record(stateStore, by(action(Type.UNBAN, room, null), 2));
        assertEquals(List.of(elsewhere), inEffect(stateStore));
    }

    @Test
    void anExpiredSanctionIsReplacedByAnyRank() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        record(stateStore, by(action(Type.MUTE, room, NOON), 2));
        ModerationAction later = record(stateStore, by(action(Type.MUTE, room, null), 1));
        assertEquals(List.of(later), inEffect(stateStore));
    }

    @Test
    void aRoomHasOneModeAndAddressesAreBannedApart() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        ModerationAction slow = new ModerationAction(
                0, NOON, MODERATOR, Type.SLOW, "", room, null, "", null, null, Duration.ofSeconds(30));
        record(stateStore, slow);
        ModerationAction closed = record(
                stateStore, new ModerationAction(0, NOON, MODERATOR, Type.CLOSE, "", room, null, "", null, null, null));
        AddressRange range = AddressRange.of("2001:db8:" + Integer.toHexString(room.hashCode() & 0xffff) + "::/48");
        ModerationAction banned = record(
                stateStore, new ModerationAction(0, NOON, MODERATOR, Type.BAN, "", null, null, "", null, range, null));
        List<ModerationAction> inEffect = get(stateStore.sanctions());
        assertEquals(
                List.of(closed, banned),
                inEffect.stream()
                        .filter(action -> room.equals(action.room()) || range.equals(action.address()))
                        .toList());
        record(stateStore, new ModerationAction(0, NOON, MODERATOR, Type.UNBAN, "", null, null, "", null, range, null));
        record(stateStore, new ModerationAction(0, NOON, MODERATOR, Type.OPEN, "", room, null, "", null, null, null));
        assertTrue(get(stateStore.sanctions()).stream()
                .noneMatch(action -> room.equals(action.room()) || range.equals(action.address())));
    }

    @Test
    void theHighestRankOfAnAuthorIsRememberedUntilItWasSeenTooLongAgo() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        assertEquals(0, get(stateStore.rank(eve, null, NOON.minusSeconds(100))));
        get(stateStore.noteRank(eve, null, 2, NOON, NOON.minusSeconds(100)));
        get(stateStore.noteRank(eve, null, 1, NOON.plusSeconds(10), NOON.minusSeconds(90)));
        assertEquals(2, get(stateStore.rank(eve, null, NOON)));
        assertEquals(0, get(stateStore.rank(eve, null, NOON.plusSeconds(1))));
        get(stateStore.noteRank(eve, null, 1, NOON.plusSeconds(200), NOON.plusSeconds(100)));
        assertEquals(1, get(stateStore.rank(eve, null, NOON.plusSeconds(100))));
    }

    @Test
    void aRankInARoomAppliesThereUnlessTheOneInAllRoomsIsHigher() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        get(stateStore.noteRank(eve, room, 50, NOON, NOON));
        assertEquals(50, get(stateStore.rank(eve, room, NOON)));
        assertEquals(0, get(stateStore.rank(eve, other, NOON)));
        assertEquals(0, get(stateStore.rank(eve, null, NOON)));
        get(stateStore.noteRank(eve, null, 100, NOON, NOON));
        assertEquals(100, get(stateStore.rank(eve, room, NOON)));
        get(stateStore.noteRank(eve, room, 1, NOON.plusSeconds(10), NOON.plusSeconds(10)));
        assertEquals(1, get(stateStore.rank(eve, room, NOON)));
        get(stateStore.forget(eve));
        assertEquals(0, get(stateStore.rank(eve, room, NOON)));
    }

    @Test
    void theNewestReadMarkOfEachRoomIsKeptAndOldOnesAreRemoved() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        get(stateStore.mark(
                List.of(mark(room, 3, NOON), mark(other, 1, NOON.minusSeconds(100))),
                NOON.minusSeconds(1_000).toEpochMilli()));
        get(stateStore.mark(
                List.of(mark(room, 5, NOON)), NOON.minusSeconds(1_000).toEpochMilli()));
        assertEquals(Map.of(room, new Position("e", 5), other, new Position("e", 1)), get(stateStore.marks(eve)));
        get(stateStore.mark(List.of(), NOON.minusSeconds(50).toEpochMilli()));
        assertEquals(Map.of(room, new Position("e", 5)), get(stateStore.marks(eve)));
        assertEquals(Map.of(), get(stateStore.marks(eve + "x")));
    }

    @Test
    void whatIsRememberedOfAnAuthorIsForgotten() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        get(stateStore.mark(List.of(mark(room, 3, NOON)), 0));
        get(stateStore.noteRank(eve, null, 1, NOON, NOON));
        get(stateStore.noteName(eve, Set.of(eve), NOON, NOON));
        get(stateStore.forget(eve));
        assertEquals(Map.of(), named(stateStore, NOON));
        assertEquals(Map.of(), get(stateStore.marks(eve)));
        assertEquals(0, get(stateStore.rank(eve, null, NOON)));
    }

    /** The names of this test, without the unique beginning of each. */
    private Map<String, Instant> named(RoomStateStore stateStore, Instant since) throws Exception {
        return get(stateStore.names(since)).entrySet().stream()
                .filter(name -> name.getKey().startsWith(eve))
                .collect(Collectors.toMap(name -> name.getKey().substring(eve.length()), Map.Entry::getValue));
    }

    @Test
    void namesAreReadWithTheirLatestUseByAnyAuthorUntilTheyAreTooOld() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        Instant before = NOON.minusSeconds(60);
        get(stateStore.noteName(eve, Set.of(eve + "1", eve + "Ж"), before, before));
        get(stateStore.noteName(eve + "'s twin", Set.of(eve + "1"), NOON, before));
        assertEquals(Map.of("1", NOON, "Ж", before), named(stateStore, before));
        assertEquals(Map.of("1", NOON), named(stateStore, NOON));
        get(stateStore.noteName(eve, Set.of(eve + "2"), NOON, NOON));
        assertEquals(Map.of("1", NOON, "2", NOON), named(stateStore, before));
    }

    @Test
    void onlyTheLatestNamesOfAnAuthorAreKept() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        for (int i = 0; i <= RoomStateStore.MAX_NAME_KEYS; i++) {
            get(stateStore.noteName(eve, Set.of(eve + i), NOON.plusSeconds(i), NOON));
        }
        Map<String, Instant> kept = named(stateStore, NOON);
        assertEquals(RoomStateStore.MAX_NAME_KEYS, kept.size());
        assertFalse(kept.containsKey("0"));
    }

    private ReadMark mark(RoomName scope, long position, Instant at) {
        return new ReadMark(eve, scope, new Position("e", position), at);
    }

    @Test
    void closingTheLogCompletesPendingRequestsAndRejectsLaterOnes() throws Exception {
        MessageLog log = open();
        var recorded = log.stateStore().record(action(Type.BAN, null, null));
        log.close();
        assertTrue(get(recorded).number() > 0);
        assertEquals(RefusedException.Reason.STOPPING, refusal(log.stateStore().sanctions()));
    }

    @Test
    void revocationsAreReadBackUnchangedUntilTheyEnd() throws Exception {
        RoomStateStore stateStore = open().stateStore();
        List<Revocation> added = List.of(
                new Revocation(eve, null, NOON, null),
                new Revocation(null, eve, null, NOON.plusSeconds(60)),
                new Revocation(eve, "t'1", NOON, NOON.plusSeconds(120)));
        for (Revocation revocation : added) {
            get(stateStore.revoke(revocation));
        }
        assertEquals(added, revocations(stateStore, NOON.plusSeconds(59)));
        assertEquals(List.of(added.get(0), added.get(2)), revocations(stateStore, NOON.plusSeconds(60)));
        assertEquals(List.of(added.get(0)), revocations(stateStore, NOON.plusSeconds(120)));
    }

    private List<Revocation> revocations(RoomStateStore stateStore, Instant now) throws Exception {
        return get(stateStore.revocations(now)).stream()
                .filter(revocation -> eve.equals(revocation.author()) || eve.equals(revocation.jti()))
                .toList();
    }
}
