package veche.dialect.wamp.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Options or Details. Keys that nobody asks for are ignored; a known key of the wrong type is a {@link ProtocolViolationException}, and
 * null counts as absent.
 */
public record Dict(Map<String, Object> entries) {
    /** Nothing. */
    public static final Dict EMPTY = new Dict(Map.of());

    /** A dict of one entry. */
    public static Dict of(String key, Object value) {
        return new Dict(Collections.singletonMap(key, value));
    }

    /** Details of a GOODBYE or ABORT: its message for people, beside other entries. */
    public static Dict explained(String message, Map<String, Object> others) {
        Map<String, Object> entries = new LinkedHashMap<>(others);
        entries.put("message", message);
        return new Dict(entries);
    }

    /** A flag; false where absent. */
    public boolean flag(String key) {
        return flag(key, false);
    }

    /** A flag with a default. */
    public boolean flag(String key, boolean otherwise) {
        return typed(key, Boolean.class, "bool").orElse(otherwise);
    }

    /** A string. */
    public Optional<String> string(String key) {
        return typed(key, String.class, "string");
    }

    /** An integer that is not negative. */
    public OptionalLong integer(String key) {
        Optional<Long> value = typed(key, Long.class, "integer");
        if (value.isPresent() && value.get() < 0) {
            throw new ProtocolViolationException("'" + key + "' is negative");
        }
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /** A dict; empty where absent. */
    public Dict dict(String key) {
        return typed(key, Map.class, "dict").map(Dict::cast).orElse(EMPTY);
    }

    /** A list whose elements are of that type. */
    public <T> Optional<List<T>> list(String key, Class<T> type) {
        return typed(key, List.class, "list").map(list -> {
            List<T> checked = new ArrayList<>(list.size());
            for (Object element : list) {
                Object whole = Ids.whole(element);
                if (!type.isInstance(whole)) {
                    throw new ProtocolViolationException("'" + key + "' holds what is no " + type.getSimpleName());
                }
                checked.add(type.cast(whole));
            }
            return checked;
        });
    }

    /** An estimate of the heap that the entries occupy, in bytes. */
    public long heapBytes() {
        return HeapSize.of(entries);
    }

    /** Whether the key is there, even as null. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    private <T> Optional<T> typed(String key, Class<T> type, String name) {
        Object value = Ids.whole(entries.get(key));
        if (value != null && !type.isInstance(value)) {
            throw new ProtocolViolationException("'" + key + "' is no " + name);
        }
        return Optional.ofNullable(type.cast(value));
    }

    @SuppressWarnings("unchecked")
    static Dict cast(Map<?, ?> map) {
        return new Dict((Map<String, Object>) map);
    }
}
