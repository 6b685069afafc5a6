package veche.faults;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What the clients of a run have in common. Thread-safe.
 *
 * @param prefix of the names of rooms, topics and users, different in each run
 * @param rooms the rooms of the run
 */
record FaultLoad(FaultyCluster cluster, RunHistory history, String prefix, List<String> rooms, long seed) {
    private static final int ROOMS = 5;

    static FaultLoad of(FaultyCluster cluster, RunHistory history, String prefix, long seed) {
        return of(cluster, history, prefix, seed, ROOMS);
    }

    static FaultLoad of(FaultyCluster cluster, RunHistory history, String prefix, long seed, int roomCount) {
        List<String> rooms =
                IntStream.range(0, roomCount).mapToObj(n -> prefix + "-" + n).toList();
        return new FaultLoad(cluster, history, prefix, rooms, seed);
    }

    /** The choices of one client, the same for the same seed. */
    Random random(String client) {
        return new Random(seed * 31 + client.hashCode());
    }

    /** The topic of events without a log. */
    String topic() {
        return "com.faults." + prefix;
    }

    /** The procedure that a client offers. */
    String procedure() {
        return "com.faults." + prefix + ".echo";
    }
}
