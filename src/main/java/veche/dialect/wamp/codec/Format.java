package veche.dialect.wamp.codec;

import java.util.List;
import veche.dialect.Frame;

/**
 * How WAMP messages lie in WebSocket messages: a serialization, plain or batched. Compared by identity; thread-safe.
 * Source: WAMP basic profile, "WebSocket Transport"; advanced profile, "Batched WebSocket Transport".
 */
public interface Format {
    /**
     * The messages of a frame, in order; one where the format is not batched.
     *
     * @throws DecodingException where the frame holds anything else than lists of this format
     */
    List<List<Object>> read(Frame frame);

    /** A frame that holds this message alone. */
    Frame write(List<?> message);

    /** Whether these fields pass unchanged into {@link #write}'s frames. */
    boolean forwards(Encoded fields);

    /** A run of frames as those that are sent: the same, or one batch. */
    List<Frame> batch(List<Frame> frames);

    /** The message as a list that is not empty. */
    static List<Object> message(Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            @SuppressWarnings("unchecked")
            List<Object> message = (List<Object>) list;
            return message;
        }
        throw new DecodingException("A message is a list that is not empty");
    }
}
