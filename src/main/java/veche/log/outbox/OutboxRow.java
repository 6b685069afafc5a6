package veche.log.outbox;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.room.Audience;
import veche.room.Author;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.RefusedException;
import veche.room.RoomName;

/**
 * A row of the outbox as an application has written it.
 *
 * @param kind the name of a {@link Kind}
 * @param target the id of a message, for an edit, a deletion or a reaction
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutboxRow(
        long id,
        String room,
        String authorId,
        String authorName,
        String kind,
        @Nullable String text,
        @Nullable String name,
        byte @Nullable [] data,
        @Nullable String target,
        @Nullable String key) {
    private static final int MAX_AUTHOR_ID = 128;
    private static final int MAX_AUTHOR_NAME = 32;

    /** The same row; the key is this one if the application has set none. */
    public OutboxRow withKeyOr(String otherwise) {
        return new OutboxRow(
                id, room, authorId, authorName, kind, text, name, data, target, key == null ? otherwise : key);
    }

    /** @throws RefusedException if the room's name is invalid */
    public RoomName roomName() {
        return new RoomName(room);
    }

    /** @throws RefusedException ({@link RefusedException.Reason#INVALID}) if the row is not a message */
    public Draft draft() {
        require(isShort(authorId, MAX_AUTHOR_ID), "author_id must have 1 to 128 characters");
        require(isShort(authorName, MAX_AUTHOR_NAME), "author_name must have 1 to 32 characters");
        return new Draft(
                new Author(authorId, authorName),
                knownKind(),
                text,
                name,
                data == null ? null : ByteBuffer.wrap(data),
                targetId(),
                key,
                Audience.EVERYONE);
    }

    private static boolean isShort(String text, int max) {
        return !text.isBlank() && text.codePointCount(0, text.length()) <= max;
    }

    private Kind knownKind() {
        try {
            return Kind.ofWireName(kind.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusedException.Reason.INVALID, "There is no kind '" + kind + "'");
        }
    }

    private @Nullable UUID targetId() {
        try {
            return target == null ? null : UUID.fromString(target);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(RefusedException.Reason.INVALID, "target is not the id of a message");
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new RefusedException(RefusedException.Reason.INVALID, message);
        }
    }
}
