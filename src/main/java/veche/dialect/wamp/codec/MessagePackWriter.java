package veche.dialect.wamp.codec;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePacker;

/** Writes one MessagePack value. */
final class MessagePackWriter {
    private static final int LONGEST_INTEGER = 64;

    private final MessagePack codec;
    private final MessagePacker to;

    MessagePackWriter(MessagePack codec, MessagePacker to) {
        this.codec = codec;
        this.to = to;
    }

    /** Writes a list without its last fields, which the caller appends in their encoding. */
    void beginning(List<?> fields, int last) throws IOException {
        to.packArrayHeader(fields.size());
        for (Object field : fields.subList(0, fields.size() - last)) {
            put(field);
        }
    }

    void put(@Nullable Object value) throws IOException {
        if (value == null) {
            to.packNil();
        } else if (value instanceof String string) {
            to.packString(Text.whole(string));
        } else if (value instanceof Boolean flag) {
            to.packBoolean(flag);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof List<?> list) {
            to.packArrayHeader(list.size());
            for (Object element : list) {
                put(element);
            }
        } else if (value instanceof Map<?, ?> dict) {
            to.packMapHeader(dict.size());
            for (Map.Entry<?, ?> entry : dict.entrySet()) {
                put(entry.getKey());
                put(entry.getValue());
            }
        } else if (value instanceof ByteBuffer binary) {
            to.packBinaryHeader(binary.remaining());
            octets(binary);
        } else {
            special(value);
        }
    }

    private void special(Object value) throws IOException {
        if (value instanceof Instant time) {
            to.packTimestamp(time);
        } else if (value instanceof OpaqueValue foreign) {
            to.writePayload(foreign.octets(codec));
        } else if (value instanceof Tagged tagged) {
            Instant time = time(tagged);
            put(time == null ? tagged.content() : time);
        } else {
            throw new IllegalArgumentException("Not a WAMP value: " + value.getClass());
        }
    }

    /** Returns the time of a CBOR value with tag 0 or 1; null for another tag or if the content is not a valid time. */
    private static @Nullable Instant time(Tagged tagged) {
        try {
            if (tagged.tag() == Cbor.TIME_TEXT && tagged.content() instanceof String text) {
                return OffsetDateTime.parse(text).toInstant();
            }
            if (tagged.tag() == Cbor.TIME_SECONDS && tagged.content() instanceof Number seconds) {
                BigDecimal exact = new BigDecimal(seconds.toString());
                BigDecimal whole = exact.setScale(0, RoundingMode.FLOOR);
                return Instant.ofEpochSecond(
                        whole.longValueExact(),
                        exact.subtract(whole).movePointRight(9).longValue());
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException noTime) {
            return null;
        }
        return null;
    }

    private void octets(ByteBuffer binary) throws IOException {
        byte[] octets = new byte[binary.remaining()];
        binary.duplicate().get(octets);
        to.writePayload(octets);
    }

    private void number(Number number) throws IOException {
        if (number instanceof BigInteger big) {
            boolean fits = big.signum() < 0 ? big.bitLength() < LONGEST_INTEGER : big.bitLength() <= LONGEST_INTEGER;
            if (fits) {
                to.packBigInteger(big);
            } else {
                to.packDouble(big.doubleValue());
            }
        } else if (number instanceof Long || number instanceof Integer) {
            to.packLong(number.longValue());
        } else {
            to.packDouble(number.doubleValue());
        }
    }
}
