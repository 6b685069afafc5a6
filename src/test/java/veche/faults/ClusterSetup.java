package veche.faults;

import java.util.Map;
import java.util.Optional;
import veche.testing.RedisProcess;

/**
 * What a cluster consists of.
 *
 * @param nodes the number of nodes
 * @param settings of the nodes, as environment variables
 * @param redis carries the parcels between the nodes
 * @param standby whether a second database can replace the first one
 * @param direct whether the nodes reach the database without a link that can be interrupted
 */
record ClusterSetup(
        int nodes, Map<String, String> settings, Optional<RedisProcess> redis, boolean standby, boolean direct) {
    /** Three nodes without Redis. */
    static ClusterSetup of(Map<String, String> settings) {
        return new ClusterSetup(3, settings, Optional.empty(), false, false);
    }

    ClusterSetup with(Optional<RedisProcess> carrier) {
        return new ClusterSetup(nodes, settings, carrier, standby, direct);
    }

    ClusterSetup withStandby(boolean present) {
        return new ClusterSetup(nodes, settings, redis, present, direct);
    }
}
