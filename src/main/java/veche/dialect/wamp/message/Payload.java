package veche.dialect.wamp.message;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Application data of a message: positional and keyword arguments. Neither list nor dict is changed after creation. */
public record Payload(List<Object> args, Map<String, Object> kwargs) {
    /** No arguments at all. */
    public static final Payload EMPTY = new Payload(List.of(), Map.of());

    /** Positional arguments only; elements may be null. */
    public static Payload of(Object... args) {
        return new Payload(Collections.unmodifiableList(Arrays.asList(args)), Map.of());
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return args.isEmpty() && kwargs.isEmpty();
    }

    /** Appends to a message's fields as the specification asks: what is empty is left out, from the end. */
    void appendTo(List<Object> fields) {
        if (!isEmpty()) {
            fields.add(args);
        }
        if (!kwargs.isEmpty()) {
            fields.add(kwargs);
        }
    }
}
