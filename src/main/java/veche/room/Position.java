package veche.room;

import java.util.Objects;

/**
 * A place in a room's log.
 *
 * @param epoch the log's random id; it changes only when a log is started anew, and positions of different epochs
 *     cannot be compared
 * @param number 1 for the first message, then without holes; 0 is the place before the first
 */
public record Position(String epoch, long number) {
    public Position {
        Objects.requireNonNull(epoch, "epoch");
        if (number < 0) {
            throw new IllegalArgumentException("A position is not negative: " + number);
        }
    }
}
