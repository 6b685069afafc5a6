package veche.dialect.wamp.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Options or Details. Unknown keys are ignored, and null counts as absent. The accessors throw a
 * {@link ProtocolViolationException} if the value of a key has the wrong type.
 */
public record Dict(Map<String, @Nullable Object> entries) {
    /** No entries. */
    public static final Dict EMPTY = new Dict(Map.of());

    /** A dict with one entry. */
    public static Dict of(String key, @Nullable Object value) {
        return new Dict(Collections.singletonMap(key, value));
    }

    /** Details of a GOODBYE or ABORT: a human-readable message and other entries. */
    public static Dict explained(String message, Map<String, @Nullable Object> others) {
        return new Dict(others).with("message", message);
    }

    /** The same entries and another one, which replaces one of the same key. */
    public Dict with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(entries);
        all.put(key, value);
        return new Dict(all);
    }

    /** A boolean; false if absent. */
    public boolean flag(String key) {
        return flag(key, false);
    }

    /** A boolean with a default. */
    public boolean flag(String key, boolean otherwise) {
        return typed(key, Boolean.class, "bool").orElse(otherwise);
    }

    /** A string; empty if absent. */
    public Optional<String> string(String key) {
        return typed(key, String.class, "string");
    }

    /** A non-negative integer; empty if absent. */
    public OptionalLong integer(String key) {
        Optional<Long> value = typed(key, Long.class, "integer");
        if (value.isPresent() && value.get() < 0) {
            throw new ProtocolViolationException("'" + key + "' is negative");
        }
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** A dict; empty if absent. */
    public Dict dict(String key) {
        return typed(key, Map.class, "dict").map(Dict::cast).orElse(EMPTY);
    }

    /** A list whose elements are all of that type; empty if absent. */
    public <T> Optional<List<T>> list(String key, Class<T> type) {
        return typed(key, List.class, "list").map(list -> {
            List<T> checked = new ArrayList<>(list.size());
            for (Object element : list) {
                Object whole = Ids.whole(element);
                if (!type.isInstance(whole)) {
                    throw new ProtocolViolationException(
                            "'" + key + "' contains an element that is not of type " + type.getSimpleName());
                }
                checked.add(type.cast(whole));
            }
            return checked;
        });
    }

    /** The estimated heap size of the entries in bytes. */
    public long heapBytes() {
        return HeapSize.of(entries);
    }

    /** Whether the key is present, even with the value null. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    private <T> Optional<T> typed(String key, Class<T> type, String name) {
        Object value = Ids.whole(entries.get(key));
        if (value != null && !type.isInstance(value)) {
            throw new ProtocolViolationException("'" + key + "' is not of type " + name);
        }
        return Optional.ofNullable(type.cast(value));
    }

    @SuppressWarnings("unchecked")
    static Dict cast(Map<?, ?> map) {
        return new Dict((Map<String, @Nullable Object>) map);
    }
}
