package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Positions of the fields of a message within its octets. A message with more than {@value #MAX} fields is not
 * forwarded in its encoding.
 */
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

    private ByteBuffer octets(byte[] octets, int start) {
        return ByteBuffer.wrap(octets, start, end - start).slice();
    }

    /** @param value the message that was decoded from these octets */
    List<@Nullable Object> received(Codec codec, @Nullable Object value, byte[] octets, Elements elements) {
        List<@Nullable Object> fields = Format.message(value);
        boolean known = fields.size() <= MAX && elements.isWellFormed();
        return new Received(
                fields,
                elements.isPortable(),
                from -> known
                        ? new Encoded(codec, octets(octets, starts[from]), fields.size() - from, octets.length)
                        : null);
    }
}
