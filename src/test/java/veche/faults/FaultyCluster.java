package veche.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import veche.testing.RedisProcess;

/** PostgreSQL and three nodes. One thread starts and ends it; the nodes' addresses are constant. */
final class FaultyCluster implements AutoCloseable {
    private static final int NODES = 3;

    private final FaultyDatabase database;
    private final Optional<RedisProcess> redis;
    private final List<FaultyNode> nodes = new ArrayList<>();

    /** @param settings further settings of the nodes, as environment variables */
    FaultyCluster(Map<String, String> settings) throws IOException, SQLException {
        this(settings, Optional.empty());
    }

    /** @param redis carries the parcels between the nodes */
    FaultyCluster(Map<String, String> settings, Optional<RedisProcess> redis) throws IOException, SQLException {
        this.redis = redis;
        database = new FaultyDatabase();
        for (int i = 0; i < NODES; i++) {
            FaultyNode node = new FaultyNode("node-" + i, database.port(), redis.map(RedisProcess::port), settings);
            nodes.add(node);
            node.start();
        }
        nodes.forEach(FaultyNode::awaitReady);
    }

    FaultyDatabase database() {
        return database;
    }

    Optional<RedisProcess> redis() {
        return redis;
    }

    FaultyNode node(int index) {
        return nodes.get(index);
    }

    int size() {
        return nodes.size();
    }

    List<FaultyNode> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(FaultyNode::close);
        database.close();
        redis.ifPresent(RedisProcess::close);
    }
}
