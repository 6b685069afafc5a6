package veche.faults;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The messages in the database after a run. Immutable. */
final class FinalLog {
    /** A stored message; the key is its text. */
    record Row(String room, long position, UUID id, String author, String key) {}

    private final List<Row> rows;
    private final Map<String, NavigableMap<Long, Row>> rooms = new HashMap<>();
    private final Map<String, Row> byKey = new HashMap<>();

    FinalLog(Collection<Row> rows) {
        this.rows = List.copyOf(rows);
        for (Row row : rows) {
            rooms.computeIfAbsent(row.room(), room -> new TreeMap<>()).put(row.position(), row);
            byKey.putIfAbsent(row.key(), row);
        }
    }

    List<Row> rows() {
        return rows;
    }

    Map<String, NavigableMap<Long, Row>> rooms() {
        return rooms;
    }

    Optional<Row> at(String room, long position) {
        return Optional.ofNullable(rooms.getOrDefault(room, new TreeMap<>()).get(position));
    }

    /** The message with a key; the first one, should there be several. */
    Optional<Row> withKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The last position of a room. */
    long end(String room) {
        NavigableMap<Long, Row> messages = rooms.get(room);
        return messages == null ? 0 : messages.lastKey();
    }
}
