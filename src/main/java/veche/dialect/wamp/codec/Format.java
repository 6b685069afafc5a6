package veche.dialect.wamp.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;

/**
 * Maps WAMP messages to WebSocket messages with one serialization, plain or batched. Compared by identity; thread-safe.
 * Source: WAMP basic profile, "WebSocket Transport"; advanced profile, "Batched WebSocket Transport".
 */
public interface Format {
    /**
     * Decodes the messages of a frame, in order; exactly one unless the format is batched.
     *
     * @throws DecodingException if the frame contains anything other than lists of this format
     */
    List<List<@Nullable Object>> read(Frame frame);

    /** Encodes a message as a frame of its own. */
    Frame write(List<?> message);

    /** Whether {@link #write} includes these fields unchanged. */
    boolean forwards(Encoded fields);

    /** Combines frames for sending: one batch, or the same frames if the format is not batched. */
    List<Frame> batch(List<Frame> frames);

    /**
     * Casts a decoded value to a message.
     *
     * @throws DecodingException if it is not a list or is empty
     */
    static List<@Nullable Object> message(@Nullable Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            @SuppressWarnings("unchecked")
            List<@Nullable Object> message = (List<@Nullable Object>) list;
            return message;
        }
        throw new DecodingException("A message must be a non-empty list");
    }
}
