package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps values that only some serializations support to values that all of them support. */
public final class Portable {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Portable() {}

    /**
     * Maps a value and all its elements.
     *
     * @throws UnmappableException if there is no such mapping
     */
    public static @Nullable Object value(@Nullable Object value) {
        Object common = common(value);
        if (common instanceof List<?> list) {
            return list(list);
        }
        return common instanceof Map<?, ?> dict ? dict(dict) : common;
    }

    /** As {@link #value}, for a list. */
    public static List<@Nullable Object> list(List<?> list) {
        List<@Nullable Object> values = new ArrayList<>(list.size());
        list.forEach(element -> values.add(value(element)));
        return values;
    }

    /** As {@link #value}, for a dict. */
    public static Map<String, @Nullable Object> dict(Map<?, ?> dict) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        keyed(dict).forEach((key, element) -> values.put(key, value(element)));
        return values;
    }

    /** Maps options or details. Values without a mapping become null: the router evaluates options and forwards few. */
    public static Map<String, @Nullable Object> options(Map<?, ?> dict) {
        try {
            return dict(dict);
        } catch (UnmappableException e) {
            Map<String, @Nullable Object> options = new LinkedHashMap<>();
            dict.forEach((key, element) -> {
                if (key instanceof String name) {
                    options.put(name, option(element));
                }
            });
            return options;
        }
    }

    private static @Nullable Object option(@Nullable Object value) {
        if (value instanceof Map<?, ?> dict) {
            return options(dict);
        }
        try {
            return value(value);
        } catch (UnmappableException e) {
            return null;
        }
    }

    /** Whether the value has a CBOR tag. */
    public static boolean isTagged(@Nullable Object value) {
        return value instanceof Tagged;
    }

    /** Removes the tags of a value, but not those of its elements. */
    public static @Nullable Object untagged(@Nullable Object value) {
        @Nullable Object content = value;
        while (content instanceof Tagged tagged) {
            content = tagged.content();
        }
        return content;
    }

    /** Maps a value but not its elements: removes its tags, and converts a timestamp to text. */
    static @Nullable Object common(@Nullable Object value) {
        Object content = untagged(value);
        if (content instanceof OpaqueValue) {
            throw new UnmappableException("The value is specific to one serialization");
        }
        return content instanceof Instant time ? text(time) : content;
    }

    /** Formats a timestamp by RFC 3339, which requires years of four digits. */
    static String text(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(END)) {
            throw new UnmappableException("The timestamp is outside the years 0 to 9999");
        }
        return time.toString();
    }

    /**
     * Converts the keys of a dict to strings.
     *
     * @throws UnmappableException if a key is a list, a dict or binary, or if two keys are equal as strings
     */
    static Map<String, @Nullable Object> keyed(Map<?, ?> dict) {
        Map<String, @Nullable Object> keyed = new LinkedHashMap<>();
        dict.forEach((key, value) -> {
            String name = key instanceof String string ? string : key(key);
            if (keyed.containsKey(name)) {
                throw new UnmappableException("The dict has two keys whose text is '" + name + "'");
            }
            keyed.put(name, value);
        });
        return keyed;
    }

    private static String key(@Nullable Object key) {
        Object common = common(key);
        if (common instanceof List || common instanceof Map || common instanceof ByteBuffer) {
            throw new UnmappableException("A dict key is a list, a dict or binary");
        }
        return String.valueOf(common);
    }
}
