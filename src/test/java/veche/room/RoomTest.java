package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.room.MessageLog.Extent;

class RoomTest {
    private static final Author ANN = new Author("ann", "Ann");
    private static final int PLENTY = 1 << 20;

    private static Room room(long first, long last, int messages, int bytes) {
        Extent extent = new Extent(ManualLog.EPOCH, first, last);
        return new Room(RoomName.LOBBY, extent, ManualLog.immediate(), new Room.Recent(messages, bytes));
    }

    private static void grow(Room room, long position, String text) {
        room.grow(ManualLog.message(RoomName.LOBBY, position, Draft.text(ANN, text)), position, Audience.EVERYONE);
    }

    private static void growTo(Room room, long tail) {
        while (room.tail() < tail) {
            grow(room, room.tail() + 1, "message");
        }
    }

    private static void assertCached(Room room, long from, long to) {
        for (long position = from; position <= to; position++) {
            assertEquals(position, room.recent(position).message().position().number());
        }
        assertNull(room.recent(from - 1));
        assertNull(room.recent(to + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 15, 16, 17, 31, 32, 33, 64, 65, 200})
    void theNewestMessagesUpToTheLimitAreCached(long messages) {
        Room room = room(1, 0, 64, PLENTY);
        growTo(room, messages);
        assertCached(room, Math.max(1, messages - 63), messages);
    }

    @Test
    void aRoomOpenedWithHistoryHasAnEmptyCache() {
        Room room = room(5, 1000, 16, PLENTY);
        assertNull(room.recent(1000));
        growTo(room, 1040);
        assertCached(room, 1025, 1040);
        assertEquals(new Position(ManualLog.EPOCH, 1040), room.end());
    }

    @Test
    void theCacheIsAlsoLimitedInBytes() {
        int weight = Draft.text(ANN, "message").weight();
        Room room = room(1, 0, 64, 10 * weight);
        growTo(room, 40);
        assertCached(room, 31, 40);
    }

    @Test
    void aMessageOverTheByteLimitIsCachedAloneUntilTheNext() {
        Room room = room(1, 0, 64, 1000);
        growTo(room, 3);
        grow(room, 4, "x".repeat(5000));
        assertCached(room, 4, 4);
        growTo(room, 6);
        assertCached(room, 5, 6);
    }

    @Test
    void theVolumeSumsTheMessagesSinceOpening() {
        Room room = room(1, 7, 16, PLENTY);
        grow(room, 8, "abc");
        grow(room, 9, "de");
        assertEquals(3, room.recent(8).volume());
        assertEquals(5, room.recent(9).volume());
        assertEquals(5, room.volume());
    }

    @Test
    void aGapOrARepeatedPositionIsRejected() {
        Room room = room(1, 0, 16, PLENTY);
        growTo(room, 3);
        assertThrows(IllegalStateException.class, () -> grow(room, 5, "hole"));
        assertThrows(IllegalStateException.class, () -> grow(room, 3, "repeat"));
        assertEquals(3, room.tail());
        assertNotNull(room.recent(3));
    }

    @ParameterizedTest
    @CsvSource({
        "epoch-1, 20, true, 20",
        "epoch-1, 12, true, 12",
        "epoch-1, 9, true, 9",
        "epoch-1, 8, false, 20",
        "epoch-1, 0, false, 20",
        "epoch-1, 21, false, 20",
        "epoch-0, 20, false, 20"
    })
    void aRetainedPositionIsResumedAndAnyOtherStartsAtTheTail(String epoch, long known, boolean recovered, long after) {
        Room room = room(10, 20, 16, PLENTY);
        Resumption resumption = room.resume(new Position(epoch, known));
        assertEquals(new Resumption(recovered, after, room.end()), resumption);
    }

    @Test
    void aTrimmedPositionIsNotResumed() {
        Room room = room(1, 20, 16, PLENTY);
        room.trim(10);
        room.trim(4);
        assertEquals(9, room.resume(new Position(ManualLog.EPOCH, 9)).after());
        assertEquals(20, room.resume(new Position(ManualLog.EPOCH, 8)).after());
    }

    @Test
    void positionZeroOfAnEmptyRoomIsResumed() {
        Room room = room(1, 0, 16, PLENTY);
        assertEquals(new Resumption(true, 0, room.end()), room.resume(new Position(ManualLog.EPOCH, 0)));
    }

    @ParameterizedTest
    @CsvSource({"15, 1", "8, 1", "24, 1", "0, 1", "16, 0"})
    void invalidCacheLimitsAreRejected(int messages, int bytes) {
        assertThrows(IllegalArgumentException.class, () -> new Room.Recent(messages, bytes));
    }
}
