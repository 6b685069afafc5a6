package veche.dialect.wamp.message;

import java.util.List;
import java.util.Map;

/** Reads a message's fields one after the other. What is missing or of the wrong type is a {@link Violation}. */
final class Fields {
    private final List<Object> fields;
    private int next = 1;

    Fields(List<Object> fields) {
        this.fields = fields;
    }

    long id() {
        if (Ids.whole(next()) instanceof Long id && Ids.valid(id)) {
            return id;
        }
        throw wrong("an id, 1 to 2^53");
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
            return Dict.cast(dict);
        }
        throw wrong("a dict");
    }

    Dict dictIfAny() {
        return next < fields.size() ? dict() : Dict.EMPTY;
    }

    /** What is left, at most a list and a dict. */
    Payload payload() {
        if (next == fields.size()) {
            return Payload.EMPTY;
        }
        List<Object> args = absent() ? List.of() : list();
        return new Payload(args, next == fields.size() || absent() ? Map.of() : dict().entries());
    }

    /** Reads past null, which some clients send for an empty payload. */
    private boolean absent() {
        boolean absent = fields.get(next) == null;
        if (absent) {
            next++;
        }
        return absent;
    }

    @SuppressWarnings("unchecked")
    private List<Object> list() {
        if (next() instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw wrong("a list");
    }

    private Object next() {
        if (next >= fields.size()) {
            throw new Violation("The message has only " + fields.size() + " fields");
        }
        return fields.get(next++);
    }

    private Violation wrong(String expected) {
        return new Violation("Field " + (next - 1) + " of message type " + fields.get(0) + " is not " + expected);
    }

    <T extends WampMessage> T whole(T message) {
        if (next < fields.size()) {
            throw new Violation("Message type " + fields.get(0) + " has no field " + next);
        }
        return message;
    }
}
