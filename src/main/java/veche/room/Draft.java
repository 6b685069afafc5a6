package veche.room;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;

/**
 * A message before the log has given it an id, a time and a position. The components are those of {@link Message}.
 *
 * @param audience who hears it live; the log does not keep this
 */
public record Draft(
        Author author,
        Kind kind,
        String text,
        String name,
        ByteBuffer data,
        UUID target,
        String key,
        Audience audience) {
    /** The longest idempotency key, in characters. */
    public static final int MAX_KEY = 128;

    /** The longest file name, in code points: at most 1,020 bytes of UTF-8. File systems keep 255 bytes or code units. */
    public static final int MAX_NAME = 255;

    /** @throws RefusedException ({@link RefusedException.Reason#INVALID}) where the parts do not make a message of that kind */
    public Draft {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(audience, "audience");
        data = data == null ? null : data.asReadOnlyBuffer();
        require(kind == Kind.DELETE || kind == Kind.FILE || text != null, "text is missing");
        require(kind != Kind.FILE || data != null, "data is missing");
        require(target != null || kind == Kind.TEXT || kind == Kind.FILE, "target is missing");
        require(name == null || kind == Kind.FILE, "only a file has a name");
        require(name == null || name.codePointCount(0, name.length()) <= MAX_NAME, "name has at most 255 characters");
        require(key == null || !key.isEmpty() && key.length() <= MAX_KEY, "key has 1 to 128 characters");
    }

    /** Without a file name. */
    public Draft(Author author, Kind kind, String text, ByteBuffer data, UUID target, String key, Audience audience) {
        this(author, kind, text, null, data, target, key, audience);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new RefusedException(RefusedException.Reason.INVALID, otherwise);
        }
    }

    /** Text for everyone, without a key. */
    public static Draft text(Author author, String text) {
        return new Draft(author, Kind.TEXT, text, null, null, null, Audience.EVERYONE);
    }

    /** Bytes for everyone, without a caption or key. */
    public static Draft file(Author author, ByteBuffer data) {
        return new Draft(author, Kind.FILE, null, data, null, null, Audience.EVERYONE);
    }

    @Override
    public ByteBuffer data() {
        return data == null ? null : data.duplicate();
    }

    /** About how many bytes of memory its content takes: what budgets count. */
    public int weight() {
        return Message.weight(text, name, data);
    }
}
