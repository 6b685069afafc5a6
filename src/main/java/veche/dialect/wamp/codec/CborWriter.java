package veche.dialect.wamp.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one CBOR item. */
final class CborWriter {
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int DICT = 5;
    private static final int TAG = 6;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;
    private static final int NULL = 0xf6;
    private static final int DOUBLE = 0xfb;

    private final Cbor codec;
    private final ByteArrayOutputStream to = new ByteArrayOutputStream(256);

    CborWriter(Cbor codec) {
        this.codec = codec;
    }

    ByteBuffer message(Object value) {
        Encoded last = Forwarded.in(value, codec);
        if (last == null) {
            put(value);
            return ByteBuffer.wrap(to.toByteArray());
        }
        List<?> fields = (List<?>) value;
        head(LIST, fields.size());
        fields.subList(0, fields.size() - last.fields()).forEach(this::put);
        return last.after(to.toByteArray());
    }

    private void put(@Nullable Object value) {
        if (value == null) {
            to.write(NULL);
        } else if (value instanceof String string) {
            text(string);
        } else if (value instanceof Boolean flag) {
            to.write(flag ? TRUE : FALSE);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof List<?> list) {
            head(LIST, list.size());
            list.forEach(this::put);
        } else if (value instanceof Map<?, ?> dict) {
            head(DICT, dict.size());
            dict.forEach((key, element) -> {
                put(key);
                put(element);
            });
        } else if (value instanceof ByteBuffer binary) {
            head(BYTES, binary.remaining());
            bytes(binary);
        } else {
            special(value);
        }
    }

    private void special(Object value) {
        if (value instanceof Tagged tagged) {
            head(TAG, tagged.tag());
            put(tagged.content());
        } else if (value instanceof Instant time) {
            head(TAG, Cbor.TIME_TEXT);
            text(Portable.text(time));
        } else if (value instanceof OpaqueValue foreign) {
            to.writeBytes(foreign.octets(codec));
        } else {
            throw new IllegalArgumentException("Not a WAMP value: " + value.getClass());
        }
    }

    private void text(String string) {
        byte[] utf8 = Text.whole(string).getBytes(StandardCharsets.UTF_8);
        head(TEXT, utf8.length);
        to.writeBytes(utf8);
    }

    private void bytes(ByteBuffer binary) {
        byte[] octets = new byte[binary.remaining()];
        binary.duplicate().get(octets);
        to.writeBytes(octets);
    }

    private void number(Number number) {
        if (number instanceof BigInteger big) {
            integer(big);
        } else if (number instanceof Long || number instanceof Integer) {
            long integer = number.longValue();
            head(integer < 0 ? NEGATIVE : 0, integer < 0 ? ~integer : integer);
        } else {
            to.write(DOUBLE);
            to.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .putDouble(number.doubleValue())
                    .array());
        }
    }

    private void integer(BigInteger big) {
        BigInteger magnitude = big.signum() < 0 ? big.not() : big;
        if (magnitude.bitLength() <= Long.SIZE) {
            head(big.signum() < 0 ? NEGATIVE : 0, magnitude.longValue());
            return;
        }
        byte[] octets = magnitude.toByteArray();
        int sign = octets[0] == 0 ? 1 : 0;
        head(TAG, big.signum() < 0 ? Cbor.NEGATIVE_BIGNUM : Cbor.POSITIVE_BIGNUM);
        head(BYTES, octets.length - sign);
        to.write(octets, sign, octets.length - sign);
    }

    /** @param argument unsigned */
    private void head(int major, long argument) {
        int type = major << 5;
        if (argument >= 0 && argument < 24) {
            to.write(type | (int) argument);
        } else if (argument >>> 8 == 0) {
            head(type | 24, argument, 1);
        } else if (argument >>> 16 == 0) {
            head(type | 25, argument, Short.BYTES);
        } else if (argument >>> 32 == 0) {
            head(type | 26, argument, Integer.BYTES);
        } else {
            head(type | 27, argument, Long.BYTES);
        }
    }

    private void head(int initial, long argument, int octets) {
        to.write(initial);
        for (int shift = (octets - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            to.write((int) (argument >>> shift));
        }
    }
}
