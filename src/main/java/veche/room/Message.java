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
 * @param text the text, as the last edit has it, the emoji of a reaction, or a file's caption; null where there is none,
 *     after a deletion, and in an edit that was followed by another or by a deletion
 * @param name a file's name; null where there is none, and after a deletion. A file without a name is shown under its text,
 *     which older clients send instead; where there is a name, the text is a caption. An edit changes the text alone
 * @param data a file's bytes, read-only; null where there are none and after a deletion. Each call gives a view with a cursor of its own
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
        String name,
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

    /** Whether it was a text or file and was deleted: its place and author remain, its content does not. */
    public boolean isDeleted() {
        return kind == Kind.TEXT && text == null || kind == Kind.FILE && data == null;
    }

    /** Whether it is an edit that was followed by another or by a deletion. */
    public boolean isSuperseded() {
        return kind == Kind.EDIT && text == null;
    }

    /** The same with another text. */
    Message withText(String other) {
        return new Message(id, room, position, at, author, kind, other, name, data, target, key);
    }

    /** The same without its content. */
    public Message withoutContent() {
        return new Message(id, room, position, at, author, kind, null, null, null, target, key);
    }

    /** What an edit or a deletion of the same room leaves of this message; the message itself where it is not concerned. */
    public Message after(Message change) {
        boolean deletion = change.kind() == Kind.DELETE;
        if (id.equals(change.target()) && !isDeleted()) {
            if (deletion) {
                return withoutContent();
            }
            return change.kind() == Kind.EDIT && !change.isSuperseded() ? withText(change.text()) : this;
        }
        boolean sibling =
                kind == Kind.EDIT && text != null && change.target() != null && target.equals(change.target());
        return sibling
                        && (deletion
                                || change.kind() == Kind.EDIT
                                        && position.number() < change.position().number())
                ? withoutContent()
                : this;
    }

    /** About how many bytes of content it carries. */
    public int size() {
        return length(text) + length(name) + (data == null ? 0 : data.remaining());
    }

    /** About how many bytes of memory its content takes: what budgets count. */
    public int weight() {
        return weight(text, name, data);
    }

    static int weight(String text, String name, ByteBuffer data) {
        return 256 + 2 * length(text) + 2 * length(name) + (data == null ? 0 : data.remaining());
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
