package veche.room;

import java.util.Objects;

/**
 * A position in a room's log.
 *
 * @param epoch the log's random id; it changes only when a log is recreated, and positions of different epochs are not
 *     comparable
 * @param number 1 for the first message, then increasing without gaps; 0 is the position before the first message
 */
public record Position(String epoch, long number) {
    public Position {
        Objects.requireNonNull(epoch, "epoch");
        if (number < 0) {
            throw new IllegalArgumentException("Negative position: " + number);
        }
    }
}
