package veche.dialect.wamp.message;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.codec.Portable;

/**
 * Estimates the heap size of decoded application data, which may be a multiple of its encoded size: an empty map is one
 * byte on the wire. The figures apply to a 64-bit JVM with compressed references and are rounded up.
 */
final class HeapSize {
    private static final int REFERENCE = 8;
    private static final int BOXED = 24;
    /** A value that only one serialization supports, or a timestamp; its octets belong to the message. */
    private static final int SPECIAL = 112;

    private static final int STRING = 56;
    private static final int LIST = 48;
    private static final int MAP = 64;
    private static final int ENTRY = 64;

    private HeapSize() {}

    /** The size of a value in bytes. The decoder limits the nesting depth, and thus this recursion. */
    static long of(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return REFERENCE;
        } else if (value instanceof String text) {
            return STRING + 2L * text.length();
        } else if (value instanceof ByteBuffer bytes) {
            return STRING + (long) bytes.capacity();
        } else if (value instanceof BigInteger integer) {
            return STRING + (long) integer.bitLength() / Byte.SIZE;
        } else if (value instanceof List<?> list) {
            return LIST
                    + list.stream()
                            .mapToLong(element -> REFERENCE + of(element))
                            .sum();
        } else if (value instanceof Map<?, ?> map) {
            return MAP
                    + map.entrySet().stream()
                            .mapToLong(entry -> ENTRY + of(entry.getKey()) + of(entry.getValue()))
                            .sum();
        }
        Object content = Portable.untagged(value);
        if (content != value) {
            return SPECIAL + of(content);
        }
        return value instanceof Number ? BOXED : SPECIAL;
    }
}
