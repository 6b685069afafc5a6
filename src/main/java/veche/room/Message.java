package veche.room;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * One entry of a room's log. Immutable.
 *
 * @param id UUIDv7, given at append
 * @param room where it was said
 * @param position its place in the room's log
 * @param at when it was appended, UTC, whole milliseconds
 * @param author who said it
 * @param kind what it is
 * @param text the text, the emoji of a reaction, or a file's caption; null where there is none
 * @param data a file's bytes, read-only; null where there are none. Each call gives a view with a cursor of its own
 * @param target the message that an edit, delete, reaction or reply refers to, or null
 * @param key the client's idempotency key, or null
 */
public record Message(
        UUID id,
        RoomName room,
        Position position,
        Instant at,
        Author author,
        Kind kind,
        String text,
        ByteBuffer data,
        UUID target,
        String key) {
    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(room, "room");
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(kind, "kind");
        data = data == null ? null : data.asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer data() {
        return data == null ? null : data.duplicate();
    }

    /** About how many bytes of content it carries. */
    public int size() {
        return (text == null ? 0 : text.length()) + (data == null ? 0 : data.remaining());
    }

    /** About how many bytes of memory its content takes: what budgets count. */
    public int weight() {
        return 256 + (text == null ? 0 : 2 * text.length()) + (data == null ? 0 : data.remaining());
    }
}
