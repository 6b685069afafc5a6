package veche.dialect.wamp.router;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.Text;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * The arguments of a call, read by keyword or by position. An argument of the wrong type fails with
 * {@code wamp.error.invalid_argument}.
 */
public final class Arguments {
    private static final Map<Class<?>, String> NAMES = Map.of(
            String.class, "string",
            Boolean.class, "bool",
            Long.class, "integer",
            ByteBuffer.class, "binary string",
            List.class, "list",
            Map.class, "dict");

    private final Payload payload;

    public Arguments(Payload payload) {
        this.payload = payload;
    }

    /** Returns a keyword argument. */
    public <T> Optional<T> keyword(String name, Class<T> type) {
        return checked(name, payload.kwargs().get(name), type);
    }

    /** Returns a keyword argument that is an RFC 3339 timestamp. */
    public Optional<Instant> time(String name) {
        try {
            return keyword(name, String.class).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "'" + name + "' is not an RFC 3339 timestamp");
        }
    }

    /** Returns an argument by keyword or, where there is none, by position. */
    public <T> Optional<T> any(int position, String name, Class<T> type) {
        Object given = payload.kwargs().get(name);
        if (given == null && position < payload.args().size()) {
            given = payload.args().get(position);
        }
        return checked(name, given, type);
    }

    /** Like {@link #any}, but fails with {@code wamp.error.invalid_argument} where the argument is missing. */
    public <T> T required(int position, String name, Class<T> type) {
        return any(position, name, type)
                .orElseThrow(() -> new WampErrorException(Uri.INVALID_ARGUMENT, "'" + name + "' is missing"));
    }

    private static <T> Optional<T> checked(String name, @Nullable Object value, Class<T> type) {
        Object whole = type == Long.class ? Ids.whole(value) : value;
        if (whole != null && !type.isInstance(whole)) {
            throw new WampErrorException(
                    Uri.INVALID_ARGUMENT,
                    "'" + name + "' is not of type " + NAMES.getOrDefault(type, type.getSimpleName()));
        }
        // Databases store UTF-8, which cannot represent an unpaired surrogate.
        return Optional.ofNullable(type.cast(whole instanceof String text ? Text.whole(text) : whole));
    }

    /** Parses a message id, which is a UUID. */
    public static UUID messageId(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "'" + id + "' is not a message id");
        }
    }
}
