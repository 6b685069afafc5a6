package veche.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import veche.room.RoomName;

/** The ids of the rows of a transaction's rooms, and the names of these ids. Immutable. */
final class RoomIds {
    private final Map<RoomName, Long> ids;
    private final Map<Long, RoomName> names = new HashMap<>();

    RoomIds(Map<RoomName, Long> ids) {
        this.ids = Map.copyOf(ids);
        ids.forEach((name, id) -> names.put(id, name));
    }

    Set<Long> all() {
        return names.keySet();
    }

    /** The id of a room that has a row. */
    long of(RoomName room) {
        Long id = ids.get(room);
        if (id == null) {
            throw new IllegalStateException("Room without a row: " + room);
        }
        return id;
    }

    RoomName name(long id) {
        RoomName name = names.get(id);
        if (name == null) {
            throw new IllegalStateException("Row of another room: " + id);
        }
        return name;
    }

    @Override
    public String toString() {
        return ids.keySet().toString();
    }
}
