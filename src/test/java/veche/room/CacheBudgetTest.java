package veche.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import veche.room.MessageLog.Extent;

class CacheBudgetTest {
    private static final Author ANN = new Author("ann", "Ann");
    private static final int EACH = Draft.text(ANN, "message").weight();
    private static final long BUDGET = 40L * EACH;

    private final CacheBudget budget = new CacheBudget(BUDGET);

    private static Room room(String name) {
        Extent extent = new Extent(ManualLog.EPOCH, 1, 0);
        return new Room(new RoomName(name), extent, ManualLog.immediate(), new Room.Recent(1024, 1 << 20));
    }

    private void grow(Room room, int messages) {
        for (int i = 0; i < messages; i++) {
            long next = room.tail() + 1;
            room.grow(ManualLog.message(room.name(), next, Draft.text(ANN, "message")), next, Audience.EVERYONE);
            budget.grown(room);
        }
    }

    @Test
    void aSingleRoomStaysWithinTheBudgetAndKeepsItsNewestMessages() {
        Room room = room("alone");
        grow(room, 1000);
        assertTrue(room.weight() <= BUDGET, () -> room.weight() + " bytes");
        assertNotNull(room.recent(1000));
        assertNull(room.recent(900));
        assertEquals(1000, room.tail());
    }

    @Test
    void theRoomInactiveLongestIsEvictedFirst() {
        Room quiet = room("quiet");
        Room busy = room("busy");
        grow(quiet, 20);
        grow(busy, 30);
        assertNull(quiet.recent(1));
        assertNotNull(busy.recent(1));
        assertTrue(quiet.weight() + busy.weight() <= BUDGET);
    }

    @Test
    void manyRoomsStayWithinTheBudgetTogether() {
        Room[] rooms = new Room[20];
        for (int i = 0; i < rooms.length; i++) {
            rooms[i] = room("room-" + i);
        }
        for (int round = 0; round < 50; round++) {
            for (Room room : rooms) {
                grow(room, 1);
            }
        }
        long all = 0;
        for (Room room : rooms) {
            all += room.weight();
        }
        assertTrue(all <= BUDGET, all + " bytes");
    }

    @Test
    void evictedMessagesAreStillReadableFromTheLog() {
        Room room = room("log");
        grow(room, 10);
        room.forgetHalf();
        assertNull(room.recent(5));
        assertNotNull(room.recent(6));
        room.forgetHalf();
        room.forgetHalf();
        room.forgetHalf();
        assertNull(room.recent(10));
        assertEquals(new Resumption(true, 5, room.end()), room.resume(new Position(ManualLog.EPOCH, 5)));
        grow(room, 1);
        assertNotNull(room.recent(11));
    }
}
