package veche.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;

/**
 * The part of <a href="https://github.com/msgpack/msgpack/blob/master/spec.md">MessagePack</a> that the benchmark
 * requires: writes small messages, and navigates any message without allocation.
 */
final class Msgpack {
    private static final int FIXMAP = 0x80;
    private static final int FIXARRAY = 0x90;
    private static final int FIXSTR = 0xA0;
    private static final int NIL = 0xC0;
    private static final int FALSE = 0xC2;
    private static final int BIN_8 = 0xC4;
    private static final int FLOAT_32 = 0xCA;
    private static final int UINT_8 = 0xCC;
    private static final int UINT_32 = 0xCE;
    private static final int FIXEXT_1 = 0xD4;
    private static final int STR_8 = 0xD9;
    private static final int STR_32 = 0xDB;
    private static final int ARRAY_16 = 0xDC;
    private static final int ARRAY_32 = 0xDD;
    private static final int MAP_16 = 0xDE;
    private static final int NEGATIVE = 0xE0;
    private static final int SHORT_STRING = 32;
    private static final int BYTE = 0xFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** The start of an array of at most 15 elements. */
    Msgpack array(int elements) {
        return put(FIXARRAY | elements);
    }

    /** The start of a map of at most 15 entries. */
    Msgpack map(int entries) {
        return put(FIXMAP | entries);
    }

    /** A number below 128. */
    Msgpack small(int number) {
        return put(number);
    }

    /** False. */
    Msgpack no() {
        return put(FALSE);
    }

    /** A string of at most 255 ASCII characters. */
    Msgpack string(String text) {
        head(text.length()).out.writeBytes(text.getBytes(US_ASCII));
        return this;
    }

    /** The start of a string of at most 255 bytes. */
    Msgpack head(int length) {
        return length < SHORT_STRING ? put(FIXSTR | length) : put(STR_8).put(length);
    }

    private Msgpack put(int octet) {
        out.write(octet);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Writes a number below 2^32 to {@code to}, from index 0, always as uint 32, and returns its length. */
    static int number(long number, byte[] to) {
        to[0] = (byte) UINT_32;
        for (int i = 4; i > 0; i--) {
            to[i] = (byte) (number >> 8 * (4 - i));
        }
        return 5;
    }

    /** The number of elements of the array at {@code at}, at most 15; 0 if the value is not an array. */
    static int elements(byte[] in, int at) {
        return (in[at] & 0xF0) == FIXARRAY ? in[at] & 0x0F : 0;
    }

    /** The start of the content of the string at {@code at}, or -1 if the value is not a string. */
    static int content(byte[] in, int at) {
        int first = in[at] & BYTE;
        if (first >= STR_8 && first <= STR_32) {
            return at + 1 + (1 << first - STR_8);
        }
        return (first & 0xE0) == FIXSTR ? at + 1 : -1;
    }

    /** The end of the value at {@code at}. */
    static int skip(byte[] in, int at) {
        int first = in[at] & BYTE;
        if (first < FIXMAP || first >= NEGATIVE) {
            return at + 1;
        }
        if (first < FIXARRAY) {
            return skip(in, at + 1, 2 * (first & 0x0F));
        }
        if (first < FIXSTR) {
            return skip(in, at + 1, first & 0x0F);
        }
        if (first < NIL) {
            return at + 1 + (first & 0x1F);
        }
        return first >= ARRAY_16 ? skipLarge(in, at, first) : skipTyped(in, at, first);
    }

    private static int skip(byte[] in, int from, long values) {
        int at = from;
        for (long i = 0; i < values; i++) {
            at = skip(in, at);
        }
        return at;
    }

    private static int skipLarge(byte[] in, int at, int first) {
        int width = first == ARRAY_16 || first == MAP_16 ? 2 : 4;
        long count = length(in, at + 1, width);
        return skip(in, at + 1 + width, first <= ARRAY_32 ? count : 2 * count);
    }

    private static int skipTyped(byte[] in, int at, int first) {
        if (first < BIN_8) {
            return at + 1;
        }
        if (first < FLOAT_32) {
            int width = 1 << (first - BIN_8) % 3;
            int type = first < BIN_8 + 3 ? 0 : 1;
            return at + 1 + width + type + (int) length(in, at + 1, width);
        }
        if (first < UINT_8) {
            return at + 1 + (4 << first - FLOAT_32);
        }
        if (first < FIXEXT_1) {
            return at + 1 + (1 << (first - UINT_8) % 4);
        }
        if (first < STR_8) {
            return at + 2 + (1 << first - FIXEXT_1);
        }
        int width = 1 << first - STR_8;
        return at + 1 + width + (int) length(in, at + 1, width);
    }

    private static long length(byte[] in, int at, int width) {
        long value = 0;
        for (int i = at; i < at + width; i++) {
            value = value << 8 | in[i] & BYTE;
        }
        return value;
    }
}
