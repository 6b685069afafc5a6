package veche.dialect.wamp.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.Encoded;
import veche.dialect.wamp.codec.Forwarded;
import veche.dialect.wamp.codec.Portable;

/**
 * Application data of a message: positional and keyword arguments. The list and the dict do not change after creation.
 *
 * @param encoded the data in its received encoding, which equality ignores; null if there is none
 * @param isPortable whether all values are known to be supported by every serialization
 */
public record Payload(
        List<@Nullable Object> args,
        Map<String, @Nullable Object> kwargs,
        @Nullable Encoded encoded,
        boolean isPortable) {
    /** No arguments. */
    public static final Payload EMPTY = new Payload(List.of(), Map.of());

    public Payload(List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {
        this(args, kwargs, null, true);
    }

    /** Positional arguments only; elements may be null. */
    public static Payload of(@Nullable Object... args) {
        return new Payload(Collections.unmodifiableList(Arrays.asList(args)), Map.of());
    }

    /** The estimated heap size of the arguments in bytes. */
    public long heapBytes() {
        return HeapSize.of(args) + HeapSize.of(kwargs) + (encoded == null ? 0 : encoded.heapBytes());
    }

    /** Whether there are no arguments. */
    public boolean isEmpty() {
        return args.isEmpty() && kwargs.isEmpty();
    }

    /**
     * Appends this payload to the fields of a message: in its received encoding if there is one, otherwise without
     * trailing empty arguments.
     */
    List<@Nullable Object> after(Object... fields) {
        List<@Nullable Object> message = new ArrayList<>(fields.length + 2);
        for (Object field : fields) {
            message.add(field instanceof Dict dict ? dict.entries() : field);
        }
        if (isEmpty()) {
            return message;
        }
        message.add(args);
        if (!kwargs.isEmpty() || encoded != null && encoded.fields() > 1) {
            message.add(kwargs);
        }
        return encoded == null ? message : new Forwarded(message, encoded);
    }

    /**
     * Maps this payload to values that every serialization supports.
     *
     * @throws veche.dialect.wamp.codec.UnmappableException if a value has no such mapping
     */
    public Payload portable() {
        return isPortable ? this : new Payload(Portable.list(args), Portable.dict(kwargs));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && args.equals(payload.args) && kwargs.equals(payload.kwargs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(args, kwargs);
    }
}
