package veche.room;

import java.util.Objects;

/**
 * The range of positions of one room in a log.
 *
 * @param epoch the log's epoch
 * @param first the lowest retained position; {@code last + 1} if no message is retained
 * @param last the highest assigned position; 0 if none was assigned
 */
public record Extent(String epoch, long first, long last) {
    public Extent {
        Objects.requireNonNull(epoch, "epoch");
        if (first < 1 || last < first - 1) {
            throw new IllegalArgumentException("Invalid extent: " + first + ".." + last);
        }
    }
}
