package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import veche.room.Author;
import veche.room.Ledger;
import veche.room.MessageLog;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.Refusal;
import veche.room.RoomName;
import veche.room.Ruling;
import veche.room.Ruling.Action;

/** What the ledger of every log does. */
abstract class LedgerContract extends LogFixture {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00.123Z");
    private static final Author MODERATOR = new Author("user:mod", "Модератор");

    /** An author of this test alone: a database outlives tests. */
    private final String eve = "guest:" + UUID.randomUUID();

    private Ruling ruling(Action action, RoomName where, Instant until) {
        return new Ruling(0, NOON, MODERATOR, action, eve, where, until, "Спам & more", null);
    }

    private Ruling record(Ledger ledger, Ruling ruling) throws Exception {
        return get(ledger.record(ruling));
    }

    private List<Ruling> held(Ledger ledger) throws Exception {
        return get(ledger.sanctions()).stream()
                .filter(ruling -> ruling.author().equals(eve))
                .toList();
    }

    @Test
    void rulingsAreNumberedInTheirOrderAndReadBackWhole() throws Exception {
        Ledger ledger = open().ledger();
        Ruling kick = record(ledger, ruling(Action.KICK, room, null));
        Ruling ban = record(ledger, ruling(Action.BAN, null, NOON.plusSeconds(60)));
        Ruling delete =
                record(ledger, new Ruling(0, NOON, MODERATOR, Action.DELETE, eve, room, null, "", UUID.randomUUID()));
        assertEquals(List.of(kick.number() + 1, kick.number() + 2), List.of(ban.number(), delete.number()));
        assertEquals(List.of(kick, ban, delete), get(ledger.after(kick.number() - 1, 10)));
        assertEquals(List.of(kick), get(ledger.after(kick.number() - 1, 1)));
        assertEquals(List.of(delete, ban), get(ledger.before(Long.MAX_VALUE, 2, Optional.empty())));
        assertEquals(List.of(ban, kick), get(ledger.before(delete.number(), 2, Optional.empty())));
        assertEquals(List.of(delete, kick), get(ledger.before(Long.MAX_VALUE, 9, Optional.of(Set.of(room, other)))));
        assertEquals(List.of(), get(ledger.before(Long.MAX_VALUE, 9, Optional.of(Set.of(other)))));
        assertEquals(List.of(), get(ledger.before(Long.MAX_VALUE, 9, Optional.of(Set.of()))));
        assertEquals(List.of(), get(ledger.after(delete.number(), 10)));
    }

    @Test
    void whatIsNotLiftedHoldsAndALaterOneTakesTheEarliersPlace() throws Exception {
        Ledger ledger = open().ledger();
        record(ledger, ruling(Action.BAN, null, null));
        Ruling later = record(ledger, ruling(Action.BAN, null, NOON));
        Ruling inRoom = record(ledger, ruling(Action.BAN, room, null));
        Ruling muted = record(ledger, ruling(Action.MUTE, null, null));
        record(ledger, ruling(Action.KICK, null, null));
        assertEquals(List.of(later, inRoom, muted), held(ledger));
        record(ledger, ruling(Action.UNBAN, null, null));
        assertEquals(List.of(inRoom, muted), held(ledger));
        record(ledger, ruling(Action.UNMUTE, other, null));
        assertEquals(List.of(inRoom, muted), held(ledger));
        record(ledger, ruling(Action.UNMUTE, null, null));
        record(ledger, ruling(Action.UNBAN, room, null));
        assertEquals(List.of(), held(ledger));
    }

    @Test
    void theNewestMarkOfEachRoomIsKeptAndOldOnesAreForgotten() throws Exception {
        Ledger ledger = open().ledger();
        get(ledger.mark(
                List.of(mark(room, 3, NOON), mark(other, 1, NOON.minusSeconds(100))),
                NOON.minusSeconds(1_000).toEpochMilli()));
        get(ledger.mark(List.of(mark(room, 5, NOON)), NOON.minusSeconds(1_000).toEpochMilli()));
        assertEquals(Map.of(room, new Position("e", 5), other, new Position("e", 1)), get(ledger.marks(eve)));
        get(ledger.mark(List.of(), NOON.minusSeconds(50).toEpochMilli()));
        assertEquals(Map.of(room, new Position("e", 5)), get(ledger.marks(eve)));
        assertEquals(Map.of(), get(ledger.marks(eve + "x")));
    }

    private ReadMark mark(RoomName where, long position, Instant at) {
        return new ReadMark(eve, where, new Position("e", position), at);
    }

    @Test
    void closingTheLogDoesWhatWaitsAndRefusesWhatComesAfter() throws Exception {
        MessageLog log = open();
        var recorded = log.ledger().record(ruling(Action.BAN, null, null));
        log.close();
        assertTrue(get(recorded).number() > 0);
        assertEquals(Refusal.Reason.STOPPING, refusal(log.ledger().sanctions()));
    }
}
