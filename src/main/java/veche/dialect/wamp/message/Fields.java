package veche.dialect.wamp.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.Encoded;
import veche.dialect.wamp.codec.Portable;

/**
 * Reads the fields of a message in order. The methods throw a {@link ProtocolViolationException} if a field is missing
 * or has the wrong type.
 */
final class Fields {
    private final List<@Nullable Object> fields;
    private int next = 1;

    Fields(List<@Nullable Object> fields) {
        this.fields = fields;
    }

    long id() {
        if (Ids.whole(next()) instanceof Long id && Ids.valid(id)) {
            return id;
        }
        throw wrong("an id from 1 to 2^53");
    }

    int type() {
        if (Ids.whole(next()) instanceof Long type && type >= 0 && type <= Integer.MAX_VALUE) {
            return type.intValue();
        }
        throw wrong("a message type");
    }

    String string() {
        if (next() instanceof String string) {
            return string;
        }
        throw wrong("a string");
    }

    Dict dict() {
        if (next() instanceof Map<?, ?> dict) {
            return Dict.cast(Encoded.isPortable(fields) ? dict : Portable.options(dict));
        }
        throw wrong("a dict");
    }

    /** The cast is unchecked, since keys other than strings are forwarded. */
    @SuppressWarnings("unchecked")
    private Map<String, @Nullable Object> kwargs() {
        if (next() instanceof Map<?, ?> dict) {
            return (Map<String, @Nullable Object>) dict;
        }
        throw wrong("a dict");
    }

    Dict dictIfAny() {
        return next < fields.size() ? dict() : Dict.EMPTY;
    }

    /** Reads the payload: an optional list and an optional dict. */
    Payload payload() {
        if (next == fields.size()) {
            return Payload.EMPTY;
        }
        // Null for an empty payload, and a tag around all arguments, are accepted but not forwarded: a receiver may
        // treat either as a violation.
        boolean odd = fields.subList(next, fields.size()).stream()
                .anyMatch(field -> field == null || Portable.isTagged(field));
        Encoded encoded = odd ? null : Encoded.of(fields, next);
        List<@Nullable Object> args = absent() ? List.of() : list();
        Map<String, @Nullable Object> kwargs = next == fields.size() || absent() ? Map.of() : kwargs();
        return new Payload(args, kwargs, encoded, Encoded.isPortable(fields));
    }

    /** Skips null, which some clients send for an empty payload. */
    private boolean absent() {
        boolean absent = fields.get(next) == null;
        if (absent) {
            next++;
        }
        return absent;
    }

    @SuppressWarnings("unchecked")
    private List<@Nullable Object> list() {
        if (next() instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw wrong("a list");
    }

    private @Nullable Object next() {
        if (next >= fields.size()) {
            throw new ProtocolViolationException("The message has only " + fields.size() + " fields");
        }
        return Portable.untagged(fields.get(next++));
    }

    private ProtocolViolationException wrong(String expected) {
        return new ProtocolViolationException(
                "Field " + (next - 1) + " of message type " + fields.get(0) + " is not " + expected);
    }

    <T extends WampMessage> T whole(T message) {
        if (next < fields.size()) {
            throw new ProtocolViolationException("Message type " + fields.get(0) + " has no field " + next);
        }
        return message;
    }
}
