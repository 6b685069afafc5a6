package veche.room;

import org.jspecify.annotations.Nullable;

/**
 * The result of resuming a subscription at a known position.
 *
 * @param recovered whether all missed messages are still available; if not, the subscription starts at the tail and the
 *     client must be notified
 * @param after the position after which the subscription continues
 * @param tail the room's tail at the time of the call
 */
public record Resumption(boolean recovered, long after, Position tail) {
    /** Starts at the room's tail; complete if no message is known, or if the known position is the tail. */
    public static Resumption fromTail(Room room, @Nullable Position known) {
        Position end = room.end();
        return new Resumption(known == null || known.equals(end), end.number(), end);
    }
}
