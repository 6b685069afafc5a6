package veche.log;

import static veche.log.Rows.Type.BYTES;
import static veche.log.Rows.Type.ID;
import static veche.log.Rows.Type.INTEGER;
import static veche.log.Rows.Type.TEXT;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.room.Author;
import veche.room.Kind;
import veche.room.Message;
import veche.room.Position;
import veche.room.RoomName;

/** Maps messages to rows of the table {@code veche_message}. */
record MessageRows(Sql sql, String epoch) {
    /** The columns that are read of a message. */
    static final String COLUMNS =
            "position, id, at_ms, author_id, author_name, kind, target, idempotency_key, text, name, data";

    /** The same columns, qualified with the table alias m. */
    static final String OF_M = "m." + COLUMNS.replace(", ", ", m.");

    private static final Rows.Type[] TYPES = {
        INTEGER, INTEGER, INTEGER, ID, INTEGER, TEXT, TEXT, TEXT, ID, TEXT, TEXT, TEXT, BYTES
    };

    static Rows none() {
        return new Rows(TYPES);
    }

    /** The parameters of {@link Sql#addMessage()}: room, weight, {@link #COLUMNS}. */
    static @Nullable Object[] row(long room, Message message) {
        return new @Nullable Object[] {
            room,
            (long) message.weight(),
            message.position().number(),
            message.id(),
            message.at().toEpochMilli(),
            message.author().id(),
            message.author().name(),
            message.kind().wireName(),
            message.target(),
            message.key(),
            message.text(),
            message.name(),
            bytes(message.data())
        };
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return bytes;
    }

    /** Reads {@link #COLUMNS}, starting at a column of the result. */
    Message read(RoomName room, ResultSet row, int column) throws SQLException {
        byte[] data = row.getBytes(column + 10);
        UUID id = sql.id(row, column + 1);
        return new Message(
                id,
                room,
                new Position(epoch, row.getLong(column)),
                Instant.ofEpochMilli(row.getLong(column + 2)),
                new Author(sql.text(row, column + 3), sql.text(row, column + 4)),
                Kind.ofWireName(row.getString(column + 5)),
                sql.textOrNull(row, column + 8),
                sql.textOrNull(row, column + 9),
                data == null ? null : ByteBuffer.wrap(data),
                sql.idOrNull(row, column + 6),
                sql.textOrNull(row, column + 7));
    }
}
