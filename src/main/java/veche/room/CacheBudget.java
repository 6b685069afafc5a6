package veche.room;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all rooms together keep in memory, within a budget: over it, the room that has been quiet for longest lets go of
 * half of what it has, and so on. A room that has nothing left is kept no longer. Touched by the log's writer thread only.
 */
final class CacheBudget {
    /** About what a room occupies beside its messages. */
    private static final int ROOM_BYTES = 1_024;

    private final long budget;
    /** How much each was last seen to take, the longest quiet first. */
    private final Map<Room, Long> seen = new LinkedHashMap<>();

    private long total;

    CacheBudget(long budget) {
        this.budget = budget;
    }

    /** The room has grown. */
    void grown(Room room) {
        Long before = seen.remove(room);
        long weight = ROOM_BYTES + room.weight();
        seen.put(room, weight);
        total += weight - (before == null ? 0 : before);
        if (total > budget) {
            makeSpace();
        }
    }

    private void makeSpace() {
        Iterator<Map.Entry<Room, Long>> quietest = seen.entrySet().iterator();
        while (total > budget && quietest.hasNext()) {
            Map.Entry<Room, Long> entry = quietest.next();
            Room room = entry.getKey();
            room.forgetHalf();
            if (room.isBare()) {
                total -= entry.getValue();
                quietest.remove();
                continue;
            }
            long weight = ROOM_BYTES + room.weight();
            total += weight - entry.getValue();
            entry.setValue(weight);
        }
    }
}
