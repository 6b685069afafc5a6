package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The last fields of a message as they were received, which pass unchanged to clients of the same serialization.
 *
 * @param serialization compared by identity
 * @param data a String of JSON; otherwise a ByteBuffer, which may be a part of the message's octets
 * @param fields how many fields these are
 */
public record Encoded(Object serialization, Object data, int fields) {
    /** The fields from that index on; null where the message was not received, or has fewer. */
    public static Encoded of(List<Object> message, int from) {
        return message instanceof Received received && from < message.size() ? received.from(from) : null;
    }

    /** Whether every serialization can represent all fields. */
    public static boolean isPortable(List<Object> message) {
        return !(message instanceof Received received) || received.isPortable();
    }

    /** Bytes of heap. */
    public long heapBytes() {
        return data instanceof ByteBuffer octets ? octets.array().length : 2L * ((String) data).length();
    }

    /** The octets of a message, of which those given are its beginning. */
    ByteBuffer after(byte[] beginning) {
        ByteBuffer octets = (ByteBuffer) data;
        return ByteBuffer.allocate(beginning.length + octets.remaining())
                .put(beginning)
                .put(octets.duplicate())
                .flip();
    }
}
