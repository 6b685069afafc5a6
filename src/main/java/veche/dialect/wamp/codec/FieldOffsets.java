package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Where the first fields of a message lie in its octets. Of further fields, none is forwarded. */
final class FieldOffsets {
    private static final int MAX = 8;

    private final int[] starts = new int[MAX];
    private int end;

    void starts(int index, long position) {
        if (index < MAX) {
            starts[index] = (int) position;
        }
    }

    void end(long position) {
        end = (int) position;
    }

    /** @param value the message, read from these octets */
    List<Object> received(Codec codec, Object value, byte[] octets, boolean portable) {
        List<Object> fields = Format.message(value);
        return new Received(fields, portable, from -> {
            boolean known = from < MAX && fields.size() <= MAX;
            byte[] copy = known ? Arrays.copyOfRange(octets, starts[from], end) : null;
            return known ? new Encoded(codec, ByteBuffer.wrap(copy), fields.size() - from, portable) : null;
        });
    }
}
