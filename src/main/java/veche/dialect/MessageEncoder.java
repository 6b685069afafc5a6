package veche.dialect;

import java.util.List;
import veche.room.Message;

/**
 * How messages of a room are put for all who listen alike. Each message is worded once for all followers whose wordings
 * are equal, so implementations are immutable with {@code equals} by value (records), and nothing about a single client
 * may enter the frame. Thread-safe; must not throw.
 */
public interface MessageEncoder {
    /** The frame that says this message, or null where this dialect has nothing to say of it. */
    Frame encode(Message message);

    /**
     * Gathers the frames of a run into those that are sent: the same by default; a batched subprotocol makes one of many.
     *
     * @param worded at least one frame, in order
     */
    default List<Frame> batch(List<Frame> worded) {
        return worded;
    }
}
