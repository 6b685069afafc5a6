package veche.dialect.wamp.codec;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The last fields of a message as they were received, which pass unchanged to clients of the same serialization.
 *
 * @param serialization compared by identity
 * @param data a String of JSON, a ByteBuffer otherwise
 * @param fields how many fields these are
 * @param portable whether every serialization can represent them
 */
public record Encoded(Object serialization, Object data, int fields, boolean portable) {
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
        return data instanceof ByteBuffer bytes ? bytes.remaining() : 2L * ((String) data).length();
    }
}
