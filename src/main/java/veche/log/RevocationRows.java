package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.room.RoomStateStore.Revocation;

/** The table {@code veche_revocation}, to which applications may add rows in transactions of their own. */
final class RevocationRows {
    private RevocationRows() {}

    static void add(Connection connection, Revocation revocation) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO veche_revocation (author_id, jti, before_ms, until_ms) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, revocation.author());
            insert.setString(2, revocation.jti());
            setTime(insert, 3, revocation.before());
            setTime(insert, 4, revocation.until());
            insert.executeUpdate();
        }
    }

    private static void setTime(PreparedStatement statement, int column, @Nullable Instant time) throws SQLException {
        if (time == null) {
            statement.setNull(column, Types.BIGINT);
        } else {
            statement.setLong(column, time.toEpochMilli());
        }
    }

    /** Reads the revocations that have not ended; rows with neither author nor jti are ignored. */
    static List<Revocation> read(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT author_id, jti, before_ms, until_ms FROM veche_revocation"
                        + " WHERE (until_ms IS NULL OR until_ms > ?) AND (author_id IS NOT NULL OR jti IS NOT NULL)"
                        + " ORDER BY number")) {
            select.setLong(1, now.toEpochMilli());
            List<Revocation> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new Revocation(rows.getString(1), rows.getString(2), time(rows, 3), time(rows, 4)));
                }
            }
            return found;
        }
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        long milliseconds = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(milliseconds);
    }
}
