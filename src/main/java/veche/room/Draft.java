package veche.room;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message before the log assigns its id, time and position. The components are those of {@link Message}.
 *
 * @param audience the subscribers that receive it live; not stored in the log
 */
public record Draft(
        Author author,
        Kind kind,
        @Nullable String text,
        @Nullable String name,
        @Nullable ByteBuffer data,
        @Nullable UUID target,
        @Nullable String key,
        Audience audience) {
    /** Maximum length of an idempotency key, in characters. */
    public static final int MAX_KEY = 128;

    /**
     * Maximum length of a file name, in code points: at most 1,020 bytes of UTF-8. File systems limit names to 255
     * bytes or code units.
     */
    public static final int MAX_NAME = 255;

    /** @throws RefusedException ({@link RefusedException.Reason#INVALID}) if the components do not fit the kind */
    public Draft {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(audience, "audience");
        data = data == null ? null : data.asReadOnlyBuffer();
        require(kind == Kind.DELETE || kind == Kind.FILE || text != null, "text is missing");
        require(kind != Kind.FILE || data != null, "data is missing");
        require(target != null || kind == Kind.TEXT || kind == Kind.FILE, "target is missing");
        require(name == null || kind == Kind.FILE, "only a file may have a name");
        require(
                name == null || name.codePointCount(0, name.length()) <= MAX_NAME,
                "name must have at most 255 characters");
        require(key == null || !key.isEmpty() && key.length() <= MAX_KEY, "key must have 1 to 128 characters");
    }

    /** Creates a draft without a file name. */
    public Draft(
            Author author,
            Kind kind,
            @Nullable String text,
            @Nullable ByteBuffer data,
            @Nullable UUID target,
            @Nullable String key,
            Audience audience) {
        this(author, kind, text, null, data, target, key, audience);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new RefusedException(RefusedException.Reason.INVALID, message);
        }
    }

    /** A text for all subscribers, without an idempotency key. */
    public static Draft text(Author author, String text) {
        return new Draft(author, Kind.TEXT, text, null, null, null, Audience.EVERYONE);
    }

    /** A file for all subscribers, without a caption or an idempotency key. */
    public static Draft file(Author author, ByteBuffer data) {
        return new Draft(author, Kind.FILE, null, data, null, null, Audience.EVERYONE);
    }

    @Override
    public @Nullable ByteBuffer data() {
        return data == null ? null : data.duplicate();
    }

    /** The target of an edit, a deletion or a reaction, which all have one. */
    public UUID changedId() {
        return Objects.requireNonNull(target, "target");
    }

    /** The size of the file in bytes; 0 without one. */
    int fileBytes() {
        return data == null ? 0 : data.remaining();
    }

    /** Approximate memory footprint of the content in bytes, as counted by memory budgets. */
    public int weight() {
        return Message.weight(text, name, data);
    }
}
