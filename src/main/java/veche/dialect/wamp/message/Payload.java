package veche.dialect.wamp.message;

import java.util.ArrayList;
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

    /** An estimate of the heap that the arguments occupy, in bytes. */
    public long heapBytes() {
        return HeapSize.of(args) + HeapSize.of(kwargs);
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return args.isEmpty() && kwargs.isEmpty();
    }

    /** A message's fields with this behind them; what is empty is left out, from the end, as the specification asks. */
    List<Object> after(Object... fields) {
        List<Object> message = new ArrayList<>(fields.length + 2);
        for (Object field : fields) {
            message.add(field instanceof Dict dict ? dict.entries() : field);
        }
        if (!isEmpty()) {
            message.add(args);
        }
        if (!kwargs.isEmpty()) {
            message.add(kwargs);
        }
        return message;
    }
}
