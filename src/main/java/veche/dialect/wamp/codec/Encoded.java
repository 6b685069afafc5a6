package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last fields of a message in their received encoding, forwarded unchanged to clients of the same serialization.
 *
 * @param serialization compared by identity
 * @param data a String for JSON; otherwise a ByteBuffer, which may be a slice of the message's octets
 * @param fields the number of fields
 * @param heapBytes the heap size of the data in bytes; octets keep the whole message in memory
 */
public record Encoded(Object serialization, Object data, int fields, long heapBytes) {
    /** Returns the fields from that index on; null if the message has no received encoding or fewer fields. */
    public static @Nullable Encoded of(List<@Nullable Object> message, int from) {
        return message instanceof Received received && from < message.size() ? received.from(from) : null;
    }

    /** Whether every serialization can represent all fields. */
    public static boolean isPortable(List<@Nullable Object> message) {
        return !(message instanceof Received received) || received.isPortable();
    }

    /** Returns the octets of a message: the given beginning, followed by these fields. */
    ByteBuffer after(byte[] beginning) {
        ByteBuffer octets = (ByteBuffer) data;
        return ByteBuffer.allocate(beginning.length + octets.remaining())
                .put(beginning)
                .put(octets.duplicate())
                .flip();
    }
}
