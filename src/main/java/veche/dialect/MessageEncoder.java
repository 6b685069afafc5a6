package veche.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.room.Message;

/**
 * Encodes room messages as frames. Each message is encoded once for all subscribers with equal encoders.
 * Implementations are therefore immutable with {@code equals} by value (records), and a frame must not depend on a
 * single client. Thread-safe; must not throw.
 */
public interface MessageEncoder {
    /** Encodes a message; returns null if the dialect has no representation of it. */
    @Nullable
    Frame encode(Message message);

    /**
     * Combines encoded frames into those that are sent. The default returns them unchanged; a batched subprotocol
     * combines several into one.
     *
     * @param frames at least one frame, in order
     */
    default List<Frame> batch(List<Frame> frames) {
        return frames;
    }
}
