package veche.room.cluster;

import java.util.UUID;

/**
 * A node from its start to its end.
 *
 * @param incarnation new at each start, so that nothing of an earlier process is attributed to a later one
 * @param name for people
 */
public record NodeId(UUID incarnation, String name) {
    @Override
    public String toString() {
        return name;
    }
}
