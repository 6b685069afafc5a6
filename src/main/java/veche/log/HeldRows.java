package veche.log;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import veche.room.Author;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog.Held;
import veche.room.Position;
import veche.room.RoomName;

/**
 * Copies what is removed of messages under a legal hold to the table {@code veche_held}, which keeps it until the hold
 * ends. Users do not notice a hold: retention and erasure remove messages as without it.
 */
record HeldRows(Sql sql, String epoch) {
    private static final String COLUMNS =
            "room, message, position, at_ms, author_id, author_name, kind, text, name, data, removed_ms";
    private static final String OF_MESSAGE = "m.room, m.id, m.position, m.at_ms, m.author_id, m.author_name, m.kind, ";

    /** The messages of a room before a position. */
    static final String BEFORE = " m.room = ? AND m.position < ?";

    /** The messages of an author in a room. */
    static final String OF_AUTHOR = " m.room = ? AND m.author_id = ?";

    /**
     * The condition that a row is under a hold; takes the present time.
     *
     * @param alias that of the table, which has the columns {@code room} and {@code author_id}
     */
    static String isHeld(String alias) {
        return "EXISTS (SELECT 1 FROM veche_sanction s JOIN veche_ruling g ON g.number = s.number"
                + " JOIN veche_room r ON r.id = " + alias + ".room WHERE s.action = 'hold' AND s.author_id IN ('', "
                + alias
                + ".author_id) AND s.room IN ('', r.name) AND (g.until_ms IS NULL OR g.until_ms > ?))";
    }

    /**
     * The condition that a row of {@code veche_revision v} belongs to a message under a hold; takes the present time.
     */
    static String isRevisionHeld() {
        return "EXISTS (SELECT 1 FROM veche_message m WHERE m.id = v.message AND m.room = v.room AND " + isHeld("m")
                + ")";
    }

    /**
     * Copies the contents and the revisions of those of the messages that are under a hold.
     *
     * @param which {@link #BEFORE} or {@link #OF_AUTHOR}
     * @param room the first parameter of that
     * @param parameter the second one
     */
    static void copy(Connection connection, String which, long room, Object parameter) throws SQLException {
        String insert = "INSERT INTO veche_held (" + COLUMNS + ") SELECT " + OF_MESSAGE;
        run(
                connection,
                insert + "m.text, m.name, m.data, ? FROM veche_message m WHERE" + which
                        + " AND (m.text IS NOT NULL OR m.data IS NOT NULL) AND " + isHeld("m")
                        + " ORDER BY m.position",
                room,
                parameter);
        run(
                connection,
                insert + "v.text, v.name, v.data, ? FROM veche_revision v JOIN veche_message m ON m.id = v.message"
                        + " AND m.room = v.room WHERE" + which + " AND " + isHeld("m")
                        + " ORDER BY m.position, v.sequence",
                room,
                parameter);
    }

    private static void run(Connection connection, String statement, long room, Object parameter) throws SQLException {
        long now = System.currentTimeMillis();
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            prepared.setLong(1, now);
            prepared.setLong(2, room);
            prepared.setObject(3, parameter);
            prepared.setLong(4, now);
            prepared.executeUpdate();
        }
    }

    /** Deletes the copies whose hold has ended. */
    static void deleteReleased(Connection connection) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM veche_held AS h WHERE NOT " + isHeld("h"))) {
            delete.setLong(1, System.currentTimeMillis());
            delete.executeUpdate();
        }
    }

    /** As {@link veche.room.MessageLog#held}. */
    List<Held> read(Connection connection, String author, String room, long after, int limit) throws SQLException {
        String query = "SELECT h.sequence, r.name, h.position, h.message, h.at_ms, h.author_id, h.author_name, h.kind,"
                + " h.text, h.name, h.data, h.removed_ms FROM veche_held h JOIN veche_room r ON r.id = h.room"
                + " WHERE h.sequence > ? AND (? = '' OR h.author_id = ?) AND (? = '' OR r.name = ?)"
                + " ORDER BY h.sequence LIMIT ?";
        try (PreparedStatement prepared = connection.prepareStatement(query)) {
            prepared.setLong(1, after);
            prepared.setString(2, author);
            prepared.setString(3, author);
            prepared.setString(4, room);
            prepared.setString(5, room);
            prepared.setInt(6, limit);
            List<Held> found = new ArrayList<>();
            try (ResultSet rows = prepared.executeQuery()) {
                while (rows.next()) {
                    found.add(held(rows));
                }
            }
            return found;
        }
    }

    private Held held(ResultSet row) throws SQLException {
        byte[] data = row.getBytes(11);
        Message message = new Message(
                sql.id(row, 4),
                new RoomName(row.getString(2)),
                new Position(epoch, row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(5)),
                new Author(sql.text(row, 6), sql.text(row, 7)),
                Kind.ofWireName(row.getString(8)),
                sql.textOrNull(row, 9),
                sql.textOrNull(row, 10),
                data == null ? null : ByteBuffer.wrap(data),
                null,
                null);
        return new Held(row.getLong(1), message, Instant.ofEpochMilli(row.getLong(12)));
    }
}
