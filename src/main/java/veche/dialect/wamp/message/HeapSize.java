package veche.dialect.wamp.message;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import veche.dialect.wamp.codec.Portable;

/**
 * Estimates how many bytes of heap decoded application data occupies, which may be a multiple of its encoded size: an
 * empty map is one byte on the wire. Figures are those of a 64-bit JVM with compressed references, rounded up.
 */
final class HeapSize {
    private static final int REFERENCE = 8;
    private static final int BOXED = 24;
    /** A value of one serialization alone, or a timestamp; the octets are those of the message. */
    private static final int SPECIAL = 112;

    private static final int STRING = 56;
    private static final int LIST = 48;
    private static final int MAP = 64;
    private static final int ENTRY = 64;

    private HeapSize() {}

    /** Bytes of a value; the depth of lists and maps is bounded by the decoder. */
    static long of(Object value) {
        if (value == null || value instanceof Boolean) {
            return REFERENCE;
        } else if (value instanceof String text) {
            return STRING + 2L * text.length();
        } else if (value instanceof ByteBuffer bytes) {
            return STRING + bytes.capacity();
        } else if (value instanceof BigInteger integer) {
            return STRING + integer.bitLength() / Byte.SIZE;
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
