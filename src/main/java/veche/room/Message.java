package veche.room;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a room's log. Immutable.
 *
 * @param id UUIDv7, assigned on append
 * @param room the room that contains it
 * @param position its position in the room's log
 * @param at time of the append, UTC, whole milliseconds
 * @param author its author
 * @param kind its kind
 * @param text the text as of the latest edit, the emoji of a reaction, or the caption of a file; null if there is none,
 *     after a deletion, and in an edit superseded by another edit or by a deletion
 * @param name the file name; null if there is none and after a deletion. A file without a name is displayed under its
 *     text, which older clients send instead; with a name, the text is a caption. An edit changes only the text
 * @param data the content of a file, read-only; null if there is none and after a deletion. Each call returns a view
 *     with independent position and limit
 * @param target the message that an edit, deletion, reaction or reply refers to, or null
 * @param key the client's idempotency key, or null
 */
public record Message(
        UUID id,
        RoomName room,
        Position position,
        Instant at,
        Author author,
        Kind kind,
        @Nullable String text,
        @Nullable String name,
        @Nullable ByteBuffer data,
        @Nullable UUID target,
        @Nullable String key) {
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
    public @Nullable ByteBuffer data() {
        return data == null ? null : data.duplicate();
    }

    /** The target of an edit, a deletion or a reaction, which all have one. */
    public UUID changedId() {
        return Objects.requireNonNull(target, "target");
    }

    /** Whether it is a deleted text or file. Position and author remain; the content is removed. */
    public boolean isDeleted() {
        return kind == Kind.TEXT && text == null || kind == Kind.FILE && data == null;
    }

    /** Whether it is an edit superseded by another edit or by a deletion. */
    public boolean isSuperseded() {
        return kind == Kind.EDIT && text == null;
    }

    /** Returns a copy with another text. */
    Message withText(@Nullable String other) {
        return new Message(id, room, position, at, author, kind, other, name, data, target, key);
    }

    /** Returns a copy without content. */
    public Message withoutContent() {
        return new Message(id, room, position, at, author, kind, null, null, null, target, key);
    }

    /** Returns a copy without content, idempotency key and author, except for the emoji of a reaction. */
    public Message erased() {
        String emoji = kind == Kind.REACTION ? text : null;
        return new Message(id, room, position, at, Author.ERASED, kind, emoji, null, null, target, null);
    }

    /**
     * Returns this message with an edit or a deletion from the same room applied, or this message if it is unaffected.
     */
    public Message after(Message change) {
        boolean deletion = change.kind() == Kind.DELETE;
        if (id.equals(change.target()) && !isDeleted()) {
            if (deletion) {
                return withoutContent();
            }
            return change.kind() == Kind.EDIT && !change.isSuperseded() ? withText(change.text()) : this;
        }
        boolean sibling = kind == Kind.EDIT && text != null && target != null && target.equals(change.target());
        return sibling
                        && (deletion
                                || change.kind() == Kind.EDIT
                                        && position.number() < change.position().number())
                ? withoutContent()
                : this;
    }

    /** Approximate size of the content in bytes. */
    public int size() {
        return length(text) + length(name) + (data == null ? 0 : data.remaining());
    }

    /** Approximate memory footprint of the content in bytes, as counted by memory budgets. */
    public int weight() {
        return weight(text, name, data);
    }

    static int weight(@Nullable String text, @Nullable String name, @Nullable ByteBuffer data) {
        return 256 + 2 * length(text) + 2 * length(name) + (data == null ? 0 : data.remaining());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
