package veche.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import veche.testing.RedisProcess;

/** PostgreSQL and three nodes. One thread starts and ends it; the nodes' addresses are constant. */
final class FaultyCluster implements AutoCloseable {
    private final FaultyDatabase database;
    private final Optional<RedisProcess> redis;
    private final FaultyLink applications;
    private final List<FaultyNode> nodes = new ArrayList<>();

    /** Starts all of it. */
    FaultyCluster(ClusterSetup setup) throws IOException, SQLException {
        redis = setup.redis();
        database = new FaultyDatabase();
        applications = new FaultyLink(database.port());
        for (int i = 0; i < setup.nodes(); i++) {
            FaultyNode node = new FaultyNode("node-" + i, database.port(), setup);
            nodes.add(node);
            node.start();
        }
        nodes.forEach(FaultyNode::awaitReady);
        if (setup.standby()) {
            database.addStandby();
        }
    }

    FaultyDatabase database() {
        return database;
    }

    /** Kills the primary, promotes the standby, and adds a new one. */
    void failOver() throws IOException, SQLException {
        database.failOver();
        nodes.forEach(node -> node.redirect(database.port()));
        applications.redirect(database.port());
        nodes.forEach(FaultyNode::awaitReady);
        database.addStandby();
    }

    /** The connections of applications to the database. */
    FaultyLink applications() {
        return applications;
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
        applications.close();
        database.close();
        redis.ifPresent(RedisProcess::close);
    }
}
