package veche.dialect.wamp.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one CBOR item (RFC 8949 §3). Lengths are checked against the remaining octets before allocation: a header alone
 * must not allocate.
 */
final class CborReader {
    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;
    private static final int BYTES = 2;
    private static final int TEXT = 3;

    private final Cbor codec;
    private final ByteBuffer from;
    private final DecodingLimits limits;
    private final Elements elements;
    private final FieldOffsets offsets;

    CborReader(Cbor codec, ByteBuffer from, DecodingLimits limits, Elements elements, FieldOffsets offsets) {
        this.codec = codec;
        this.from = from;
        this.limits = limits;
        this.elements = elements;
        this.offsets = offsets;
    }

    /** @param level the nesting depth of this item, from 1 */
    @Nullable
    Object value(int level) {
        elements.add();
        int initial = Byte.toUnsignedInt(from.get());
        int info = initial & 0x1f;
        return switch (initial >> 5) {
            case 0 -> integer(argument(info));
            case 1 -> negative(argument(info));
            case BYTES -> ByteBuffer.wrap(string(BYTES, info)).asReadOnlyBuffer();
            case TEXT -> text(info);
            case 4 -> list(info, level);
            case 5 -> dict(info, level);
            case 6 -> tagged(argument(info), level);
            default -> simple(info);
        };
    }

    private long argument(int info) {
        return switch (info) {
            case 24 -> Byte.toUnsignedLong(from.get());
            case 25 -> Short.toUnsignedLong(from.getShort());
            case 26 -> Integer.toUnsignedLong(from.getInt());
            case 27 -> from.getLong();
            case 28, 29, 30, INDEFINITE -> throw new DecodingException("Invalid CBOR");
            default -> info;
        };
    }

    private static Number integer(long unsigned) {
        return unsigned >= 0 ? (Number) unsigned : new BigInteger(Long.toUnsignedString(unsigned));
    }

    private static Number negative(long unsigned) {
        return unsigned >= 0 ? (Number) (-1 - unsigned) : new BigInteger(Long.toUnsignedString(unsigned)).not();
    }

    /** @param unit the minimum number of octets of each item */
    private int length(int info, int unit) {
        long length = argument(info);
        if (length < 0 || length > from.remaining() / unit) {
            throw new DecodingException("A length exceeds the remaining data");
        }
        return (int) length;
    }

    private byte[] chunk(int info) {
        byte[] chunk = new byte[length(info, 1)];
        from.get(chunk);
        return chunk;
    }

    private byte[] string(int major, int info) {
        if (info != INDEFINITE) {
            return chunk(info);
        }
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        while (!ended()) {
            chunks.writeBytes(chunk(definite(major)));
        }
        return chunks.toByteArray();
    }

    private String text(int info) {
        if (info != INDEFINITE) {
            return Text.decoded(chunk(info), elements);
        }
        StringBuilder chunks = new StringBuilder();
        while (!ended()) {
            chunks.append(Text.decoded(chunk(definite(TEXT)), elements));
        }
        return chunks.toString();
    }

    /** Reads the header of a chunk, which must have the same major type and a definite length. */
    private int definite(int major) {
        elements.add();
        int initial = Byte.toUnsignedInt(from.get());
        if (initial >> 5 != major) {
            throw new DecodingException("Invalid CBOR");
        }
        return initial & 0x1f;
    }

    /** Consumes the break that ends an item of indefinite length, if it is next. */
    private boolean ended() {
        boolean ended = Byte.toUnsignedInt(from.get(limited(from.position()))) == BREAK;
        if (ended) {
            from.get();
        }
        return ended;
    }

    private int limited(int position) {
        if (position >= from.limit()) {
            throw new DecodingException("Invalid CBOR");
        }
        return position;
    }

    private List<@Nullable Object> list(int info, int level) {
        limits.enter(level);
        int length = info == INDEFINITE ? Integer.MAX_VALUE : length(info, 1);
        List<@Nullable Object> list = new ArrayList<>(Math.min(length, 16));
        int end = from.position();
        while (list.size() < length && !(info == INDEFINITE && ended())) {
            if (level == 1) {
                offsets.starts(list.size(), from.position());
            }
            list.add(value(level + 1));
            end = from.position();
        }
        if (level == 1) {
            offsets.end(end);
        }
        return list;
    }

    private Map<?, ?> dict(int info, int level) {
        limits.enter(level);
        int length = info == INDEFINITE ? Integer.MAX_VALUE : length(info, 2);
        DictBuilder dict = new DictBuilder(elements);
        for (int i = 0; i < length && !(info == INDEFINITE && ended()); i++) {
            dict.add(value(level + 1), value(level + 1));
        }
        return dict.built();
    }

    private Object tagged(long tag, int level) {
        limits.enter(level);
        Object content = value(level + 1);
        if (content instanceof ByteBuffer bytes && (tag == Cbor.POSITIVE_BIGNUM || tag == Cbor.NEGATIVE_BIGNUM)) {
            return bignum(tag, bytes);
        }
        elements.addSpecial();
        return new Tagged(tag, content);
    }

    private Number bignum(long tag, ByteBuffer bytes) {
        byte[] magnitude = new byte[bytes.remaining()];
        bytes.duplicate().get(magnitude);
        BigInteger integer = new BigInteger(1, magnitude);
        BigInteger signed = tag == Cbor.POSITIVE_BIGNUM ? integer : integer.not();
        return integer.bitLength() > limits.bits() ? (Number) signed.doubleValue() : Integers.smallest(signed);
    }

    private @Nullable Object simple(int info) {
        int start = from.position() - 1;
        return switch (info) {
            case 20 -> false;
            case 21 -> true;
            case 22, 23 -> null;
            case 24 -> unassigned(start, Byte.toUnsignedInt(from.get()));
            case 25 -> half(Short.toUnsignedInt(from.getShort()));
            case 26 -> (double) from.getFloat();
            case 27 -> from.getDouble();
            case 28, 29, 30, INDEFINITE -> throw new DecodingException("Invalid CBOR");
            default -> foreign(start);
        };
    }

    private Object unassigned(int start, int value) {
        if (value < 32) {
            throw new DecodingException("Invalid CBOR");
        }
        return foreign(start);
    }

    private OpaqueValue foreign(int start) {
        elements.addSpecial();
        byte[] octets = new byte[from.position() - start];
        from.get(start, octets);
        return new OpaqueValue(codec, ByteBuffer.wrap(octets));
    }

    /** Decodes a half-precision float (RFC 8949 appendix D). */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int mantissa = bits & 0x3ff;
        double magnitude = switch (exponent) {
            case 0 -> Math.scalb((double) mantissa, -24);
            case 31 -> mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (mantissa + 1024), exponent - 25);
        };
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
