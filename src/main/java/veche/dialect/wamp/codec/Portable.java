package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps the values that are not in every serialization to those that are. */
public final class Portable {
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Portable() {}

    /** @throws UnmappableException where there is no such mapping */
    public static Object value(Object value) {
        Object common = common(value);
        if (common instanceof List<?> list) {
            List<Object> values = new ArrayList<>(list.size());
            list.forEach(element -> values.add(value(element)));
            return values;
        }
        if (common instanceof Map<?, ?> dict) {
            Map<String, Object> values = new LinkedHashMap<>();
            keyed(dict).forEach((key, element) -> values.put(key, value(element)));
            return values;
        }
        return common;
    }

    /** Options or details: what cannot be mapped is null, since the router reads them and forwards few. */
    public static Object option(Object value) {
        try {
            return value(value);
        } catch (UnmappableException e) {
            if (!(value instanceof Map<?, ?> dict)) {
                return null;
            }
            Map<String, Object> options = new LinkedHashMap<>();
            dict.forEach((key, element) -> {
                if (key instanceof String name) {
                    options.put(name, option(element));
                }
            });
            return options;
        }
    }

    /** Whether a tag is around the value. */
    public static boolean isTagged(Object value) {
        return value instanceof Tagged;
    }

    /** A value without the tags around it. */
    public static Object untagged(Object value) {
        Object content = value;
        while (content instanceof Tagged tagged) {
            content = tagged.content();
        }
        return content;
    }

    /** One value, without what it holds: no tag, no timestamp. */
    static Object common(Object value) {
        Object content = untagged(value);
        if (content instanceof OpaqueValue) {
            throw new UnmappableException("A value of one serialization alone");
        }
        return content instanceof Instant time ? text(time) : content;
    }

    /** A timestamp by RFC 3339, which has years of four digits. */
    static String text(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(END)) {
            throw new UnmappableException("A timestamp beyond the years 0 to 9999");
        }
        return time.toString();
    }

    /** A dict with strings for its keys. */
    static Map<String, Object> keyed(Map<?, ?> dict) {
        Map<String, Object> keyed = new LinkedHashMap<>();
        dict.forEach((key, value) -> {
            String name = key instanceof String string ? string : key(key);
            if (keyed.containsKey(name)) {
                throw new UnmappableException("Two keys of a dict are '" + name + "' as strings");
            }
            keyed.put(name, value);
        });
        return keyed;
    }

    private static String key(Object key) {
        Object common = common(key);
        if (common instanceof List || common instanceof Map || common instanceof ByteBuffer) {
            throw new UnmappableException("A dict's key that is a list, a dict or binary");
        }
        return String.valueOf(common);
    }
}
