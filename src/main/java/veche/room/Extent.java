package veche.room;

import java.util.Objects;

/**
 * What a log holds of one room.
 *
 * @param epoch the log's epoch
 * @param first the lowest position still kept; {@code last + 1} where none is
 * @param last the highest position given out; 0 where none was
 */
public record Extent(String epoch, long first, long last) {
    public Extent {
        Objects.requireNonNull(epoch, "epoch");
        if (first < 1 || last < first - 1) {
            throw new IllegalArgumentException("Not an extent: " + first + ".." + last);
        }
    }
}
