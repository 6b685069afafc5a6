package veche.dialect.wamp.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CBOR (RFC 8949). Reads any well-formed item; writes definite lengths and the shortest integers. */
final class Cbor implements Codec {
    /** Tags of integers beyond 64 bits (RFC 8949 §3.4.3). */
    static final int POSITIVE_BIGNUM = 2;

    static final int NEGATIVE_BIGNUM = 3;
    /** Tags of times as text and as seconds (RFC 8949 §3.4.1, §3.4.2). */
    static final int TIME_TEXT = 0;

    static final int TIME_SECONDS = 1;

    /** The self-described CBOR tag, which may precede a message (RFC 8949 §3.4.6). */
    private static final byte[] SELF_DESCRIBED = {(byte) 0xd9, (byte) 0xd9, (byte) 0xf7};

    private final DecodingLimits limits;

    Cbor(DecodingLimits limits) {
        this.limits = limits;
    }

    @Override
    public Elements elements() {
        return new Elements(limits);
    }

    @Override
    public List<@Nullable Object> read(ByteBuffer bytes, Elements elements) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        elements.begin();
        ByteBuffer from = ByteBuffer.wrap(copy);
        if (copy.length > SELF_DESCRIBED.length
                && Arrays.equals(copy, 0, SELF_DESCRIBED.length, SELF_DESCRIBED, 0, SELF_DESCRIBED.length)) {
            from.position(SELF_DESCRIBED.length);
        }
        FieldOffsets offsets = new FieldOffsets();
        try {
            Object value = new CborReader(this, from, limits, elements, offsets).value(1);
            if (from.hasRemaining()) {
                throw new DecodingException("Unexpected data after the message");
            }
            return offsets.received(this, value, copy, elements);
        } catch (BufferUnderflowException e) {
            throw new DecodingException("Invalid CBOR");
        }
    }

    @Override
    public ByteBuffer write(Object value) {
        return new CborWriter(this).message(value);
    }

    @Override
    public String toString() {
        return "CBOR";
    }
}
