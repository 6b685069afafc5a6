package veche.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.room.Author;
import veche.room.ModerationAction;
import veche.room.RoomName;
import veche.room.address.AddressRange;

/** Maps moderation actions to rows of the table {@code veche_ruling}. */
record ModerationRows(Sql sql) {
    static final String COLUMNS =
            "number, at_ms, moderator_id, moderator_name, action, author_id, room, until_ms, reason, target,"
                    + " moderator_rank, moderator_address, address, interval_s";

    private static final String EVERYWHERE = "";
    private static final String NO_ADDRESS = "";

    void add(Connection connection, ModerationAction action) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO veche_ruling (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, action.number());
            insert.setLong(2, action.at().toEpochMilli());
            insert.setString(3, action.moderator().author().id());
            insert.setString(4, action.moderator().author().name());
            insert.setString(5, action.type().wireName());
            insert.setString(6, action.author());
            insert.setString(7, name(action.room()));
            if (action.until() == null) {
                insert.setNull(8, Types.BIGINT);
            } else {
                insert.setLong(8, action.until().toEpochMilli());
            }
            insert.setString(9, action.reason());
            if (action.target() == null) {
                insert.setObject(10, null);
            } else {
                sql.setId(insert, 10, action.target());
            }
            insert.setInt(11, action.moderator().rank());
            insert.setString(12, action.moderator().address());
            insert.setString(13, address(action));
            if (action.interval() == null) {
                insert.setNull(14, Types.BIGINT);
            } else {
                insert.setLong(14, action.interval().toSeconds());
            }
            insert.executeUpdate();
        }
    }

    /** The banned addresses, or what stands for none. */
    static String address(ModerationAction action) {
        return action.address() == null ? NO_ADDRESS : action.address().toString();
    }

    /** The name of the room, or what stands for all rooms. */
    static String name(@Nullable RoomName room) {
        return room == null ? EVERYWHERE : room.value();
    }

    /** Reads {@link #COLUMNS}. */
    ModerationAction read(ResultSet row) throws SQLException {
        String room = row.getString(7);
        long until = row.getLong(8);
        Instant end = row.wasNull() ? null : Instant.ofEpochMilli(until);
        UUID target = sql.idOrNull(row, 10);
        String address = row.getString(13);
        long interval = row.getLong(14);
        Duration slow = row.wasNull() ? null : Duration.ofSeconds(interval);
        return new ModerationAction(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                new ModerationAction.Moderator(
                        new Author(row.getString(3), row.getString(4)), row.getInt(11), row.getString(12)),
                ModerationAction.Type.ofWireName(row.getString(5)),
                row.getString(6),
                room.equals(EVERYWHERE) ? null : new RoomName(room),
                end,
                row.getString(9),
                target,
                address.equals(NO_ADDRESS) ? null : AddressRange.of(address),
                slow);
    }
}
