package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import veche.room.RoomStateStore;

/** The names of users in rows of the table {@code veche_name}. */
final class NameRows {
    private NameRows() {}

    static void add(Connection connection, String author, Set<String> keys, Instant at, Instant since)
            throws SQLException {
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO veche_name (author_id, name_key, at_ms) VALUES (?, ?, ?)"
                        + " ON CONFLICT (author_id, name_key) DO UPDATE SET at_ms = excluded.at_ms")) {
            for (String key : keys) {
                upsert.setString(1, author);
                upsert.setString(2, key);
                upsert.setLong(3, at.toEpochMilli());
                upsert.executeUpdate();
            }
        }
        Sql.deleteBefore(connection, "veche_name", since.toEpochMilli());
        deleteExcess(connection, author);
    }

    private static void deleteExcess(Connection connection, String author) throws SQLException {
        try (PreparedStatement excess = connection.prepareStatement(
                "DELETE FROM veche_name WHERE author_id = ? AND name_key NOT IN (SELECT name_key FROM"
                        + " veche_name WHERE author_id = ? ORDER BY at_ms DESC LIMIT ?)")) {
            excess.setString(1, author);
            excess.setString(2, author);
            excess.setInt(3, RoomStateStore.MAX_NAME_KEYS);
            excess.executeUpdate();
        }
    }

    /** The keys used at or after a time, with the latest use of each. */
    static Map<String, Instant> read(Connection connection, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT name_key, MAX(at_ms) FROM veche_name WHERE at_ms >= ? GROUP BY name_key")) {
            select.setLong(1, since.toEpochMilli());
            Map<String, Instant> found = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), Instant.ofEpochMilli(rows.getLong(2)));
                }
            }
            return found;
        }
    }
}
