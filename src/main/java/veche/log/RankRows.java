package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import veche.room.RoomName;

/** The table {@code veche_rank}: the ranks with which authors have connected and entered rooms recently. */
final class RankRows {
    /** @param room the room, or null for all rooms */
    record Rank(String author, @Nullable RoomName room, int value) {}

    private RankRows() {}

    /** Removes the ranks last seen before {@code since}, and stores this one unless a higher one remains. */
    static int note(Connection connection, Rank rank, Instant at, Instant since) throws SQLException {
        Sql.deleteBefore(connection, "veche_rank", since.toEpochMilli());
        try (PreparedStatement upsert =
                connection.prepareStatement("INSERT INTO veche_rank (author_id, room, rank, at_ms) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (author_id, room) DO UPDATE SET rank = excluded.rank, at_ms = excluded.at_ms"
                        + " WHERE excluded.rank >= veche_rank.rank")) {
            upsert.setString(1, rank.author());
            upsert.setString(2, ModerationRows.name(rank.room()));
            upsert.setInt(3, rank.value());
            upsert.setLong(4, at.toEpochMilli());
            return upsert.executeUpdate();
        }
    }

    /** The highest rank in the room and in all rooms that was not last seen before {@code since}, or 0. */
    static int read(Connection connection, String author, @Nullable RoomName room, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT COALESCE(MAX(rank), 0) FROM veche_rank"
                + " WHERE author_id = ? AND room IN (?, ?) AND at_ms >= ?")) {
            select.setString(1, author);
            select.setString(2, ModerationRows.name(null));
            select.setString(3, ModerationRows.name(room));
            select.setLong(4, since.toEpochMilli());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
