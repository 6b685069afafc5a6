package veche.room;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the memory of the recent messages of all rooms together. When the total exceeds the budget, the least recently
 * grown rooms each release half of their cached messages until it fits. A room with an empty cache is no longer
 * referenced. Confined to the log's writer thread.
 */
final class CacheBudget {
    /** Approximate size of a room without its messages. */
    private static final int ROOM_BYTES = 1_024;

    private final long budget;
    /** Last accounted weight of each room in bytes, least recently grown first. */
    private final Map<Room, Long> weights = new LinkedHashMap<>();

    private long total;

    CacheBudget(long budget) {
        this.budget = budget;
    }

    /** Accounts for the growth of a room and evicts messages if the budget is exceeded. */
    void grown(Room room) {
        Long before = weights.remove(room);
        long weight = ROOM_BYTES + room.weight();
        weights.put(room, weight);
        total += weight - (before == null ? 0 : before);
        if (total > budget) {
            makeSpace();
        }
    }

    /** Forgets all rooms. */
    void clear() {
        weights.clear();
        total = 0;
    }

    private void makeSpace() {
        Iterator<Map.Entry<Room, Long>> quietest = weights.entrySet().iterator();
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
