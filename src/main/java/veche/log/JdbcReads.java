package veche.log;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import veche.room.Message;
import veche.room.Revision;
import veche.room.RoomName;

/**
 * Queries on the tables, over any connection. A range of messages is read in two steps, weights first, so that messages
 * beyond the byte limit are never loaded into memory.
 */
record JdbcReads(MessageRows messages, long readBytes) {
    private static final String ROOM = "room = (SELECT id FROM veche_room WHERE name = ?)";

    private record Range(long from, long to) {}

    List<Message> after(Connection connection, RoomName room, long position, int limit) throws SQLException {
        String weights = "SELECT position, weight FROM veche_message WHERE " + ROOM
                + " AND position > ? ORDER BY position LIMIT ?";
        return between(connection, room, range(connection, weights, room, position, limit));
    }

    List<Message> before(Connection connection, RoomName room, long position, int limit) throws SQLException {
        String weights = "SELECT position, weight FROM veche_message WHERE " + ROOM
                + " AND position < ? ORDER BY position DESC LIMIT ?";
        return between(connection, room, range(connection, weights, room, position, limit));
    }

    private Range range(Connection connection, String weights, RoomName room, long position, int limit)
            throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(weights)) {
            prepared.setString(1, room.value());
            prepared.setLong(2, position);
            prepared.setInt(3, Math.max(0, limit));
            try (ResultSet rows = prepared.executeQuery()) {
                return range(rows);
            }
        }
    }

    /** The range of rows within the byte limit, at least one row if there is any; accepts either sort order. */
    private Range range(ResultSet rows) throws SQLException {
        Range range = new Range(1, 0);
        long bytes = 0;
        for (boolean first = true; rows.next(); first = false) {
            long position = rows.getLong(1);
            bytes += rows.getLong(2);
            if (!first && bytes > readBytes) {
                break;
            }
            range = first
                    ? new Range(position, position)
                    : new Range(Math.min(range.from(), position), Math.max(range.to(), position));
        }
        return range;
    }

    private List<Message> between(Connection connection, RoomName room, Range range) throws SQLException {
        List<Message> found = new ArrayList<>();
        if (range.to() < range.from()) {
            return found;
        }
        String query = "SELECT " + MessageRows.COLUMNS + " FROM veche_message WHERE " + ROOM
                + " AND position BETWEEN ? AND ? ORDER BY position";
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            prepared.setString(1, room.value());
            prepared.setLong(2, range.from());
            prepared.setLong(3, range.to());
            try (ResultSet rows = prepared.executeQuery()) {
                while (rows.next()) {
                    found.add(messages.read(room, rows, 1));
                }
            }
        }
        return found;
    }

    Optional<Message> find(Connection connection, RoomName room, UUID id) throws SQLException {
        String query = "SELECT " + MessageRows.COLUMNS + " FROM veche_message WHERE id = ? AND " + ROOM;
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            messages.sql().setId(prepared, 1, id);
            prepared.setString(2, room.value());
            try (ResultSet rows = prepared.executeQuery()) {
                return rows.next() ? Optional.of(messages.read(room, rows, 1)) : Optional.empty();
            }
        }
    }

    List<Revision> revisions(Connection connection, RoomName room, UUID id) throws SQLException {
        String query = "SELECT text, name, data, replaced_ms, replaced_by FROM veche_revision WHERE message = ? AND "
                + ROOM + " ORDER BY sequence";
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            messages.sql().setId(prepared, 1, id);
            prepared.setString(2, room.value());
            try (ResultSet rows = prepared.executeQuery()) {
                List<Revision> found = new ArrayList<>();
                while (rows.next()) {
                    byte[] data = rows.getBytes(3);
                    found.add(new Revision(
                            messages.sql().textOrNull(rows, 1),
                            messages.sql().textOrNull(rows, 2),
                            data == null ? null : ByteBuffer.wrap(data),
                            Instant.ofEpochMilli(rows.getLong(4)),
                            messages.sql().id(rows, 5)));
                }
                return found;
            }
        }
    }

    List<RoomName> rooms(Connection connection) throws SQLException {
        try (PreparedStatement prepared =
                connection.prepareStatement("SELECT name FROM veche_room WHERE last_position > 0")) {
            return names(prepared).stream().sorted().toList();
        }
    }

    List<RoomName> overdue(Connection connection, RoomSelection selection, long messages, long cutoff, int limit)
            throws SQLException {
        String query = "SELECT name FROM veche_room r WHERE (last_position - first_position >= ? OR EXISTS"
                + " (SELECT 1 FROM veche_message m WHERE m.room = r.id AND m.position = r.first_position"
                + " AND m.at_ms < ?)) AND " + selection.condition() + " LIMIT ?";
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            prepared.setLong(1, messages);
            prepared.setLong(2, cutoff);
            int parameter = 3;
            for (String pattern : selection.parameters()) {
                prepared.setString(parameter++, pattern);
            }
            prepared.setInt(parameter, limit);
            return names(prepared);
        }
    }

    /** The bounds of those rooms that exist. */
    Map<RoomName, RoomBounds> bounds(Connection connection, Collection<RoomName> rooms) throws SQLException {
        Map<RoomName, RoomBounds> bounds = new HashMap<>();
        Rows names = new Rows(Rows.Type.TEXT);
        rooms.forEach(room -> names.add(room.value()));
        if (!names.isEmpty()) {
            messages.sql()
                    .query(
                            connection,
                            messages.sql().boundsOfRoom(),
                            names,
                            row -> bounds.put(
                                    new RoomName(row.getString(1)),
                                    new RoomBounds(row.getLong(2), row.getLong(3), row.getLong(4))));
        }
        return bounds;
    }

    private static List<RoomName> names(PreparedStatement prepared) throws SQLException {
        List<RoomName> names = new ArrayList<>();
        try (ResultSet rows = prepared.executeQuery()) {
            while (rows.next()) {
                names.add(new RoomName(rows.getString(1)));
            }
        }
        return names;
    }
}
