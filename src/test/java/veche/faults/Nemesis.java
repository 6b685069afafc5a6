package veche.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The faults: each begins, lasts for a time, and ends with everything running again. Immutable. */
enum Nemesis {
    NODE_KILLED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws IOException, InterruptedException {
            node.kill();
            pause(random, 2_000);
            node.start();
            node.awaitReady();
        }
    },
    NODE_SUSPENDED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            node.suspend();
            pause(random, 4_000);
            node.resume();
            node.awaitReady();
        }
    },
    NODE_SUSPENDED_BEYOND_ITS_LEASE {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            node.suspend();
            TimeUnit.MILLISECONDS.sleep(LEASE_MILLIS);
            pause(random, 3_000);
            node.resume();
            node.awaitReady();
        }
    },
    NODE_RESTARTED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws IOException {
            node.stop();
            node.start();
            node.awaitReady();
        }
    },
    ALL_NODES_RESTARTED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws IOException {
            for (FaultyNode each : cluster.nodes()) {
                each.stop();
                each.start();
                each.awaitReady();
            }
        }
    },
    NODE_CUT_FROM_DATABASE {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            node.database().cut();
            node.signals().cut();
            pause(random, 8_000);
            node.database().restore();
            node.signals().restore();
            node.awaitReady();
        }
    },
    NODE_STALLED_FROM_DATABASE {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            node.database().stall();
            node.signals().stall();
            pause(random, 8_000);
            if (random.nextBoolean()) {
                node.database().reset();
                node.signals().reset();
            }
            node.database().restore();
            node.signals().restore();
            node.awaitReady();
        }
    },
    SIGNALS_CUT {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            cluster.nodes().forEach(each -> each.signals().cut());
            pause(random, 6_000);
            cluster.nodes().forEach(each -> each.signals().restore());
        }
    },
    SIGNALS_STALLED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            cluster.nodes().forEach(each -> each.signals().stall());
            pause(random, 6_000);
            cluster.nodes().forEach(each -> each.signals().restore());
        }
    },
    DATABASE_SUSPENDED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            cluster.database().suspend();
            pause(random, 7_000);
            cluster.database().resume();
            cluster.database().awaitReady();
        }
    },
    DATABASE_KILLED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws IOException, InterruptedException {
            cluster.database().kill();
            pause(random, 3_000);
            cluster.database().start();
            cluster.nodes().forEach(FaultyNode::awaitReady);
        }
    },
    DISK_FULL {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            // Either tables cannot grow, or the write-ahead log cannot, which ends the database.
            cluster.database().limitFiles(random.nextBoolean() ? FaultyDatabase.SEGMENT_BYTES : 1);
            pause(random, 5_000);
            cluster.database().liftLimit();
            cluster.nodes().forEach(FaultyNode::awaitReady);
        }
    },
    STANDBY_PROMOTED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws IOException, SQLException {
            cluster.failOver();
        }
    },
    REDIS_SUSPENDED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws IOException, InterruptedException {
            cluster.redis().orElseThrow().suspend();
            pause(random, 6_000);
            cluster.redis().orElseThrow().resume();
        }
    },
    REDIS_KILLED {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws IOException, InterruptedException {
            cluster.redis().orElseThrow().kill();
            pause(random, 4_000);
            cluster.redis().orElseThrow().start();
        }
    },
    NODE_CUT_FROM_REDIS {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            node.redis().cut();
            pause(random, 6_000);
            node.redis().restore();
        }
    },
    NODE_STALLED_FROM_REDIS {
        @Override
        void strike(FaultyCluster cluster, FaultyNode node, Random random) throws InterruptedException {
            node.redis().stall();
            pause(random, 6_000);
            node.redis().restore();
        }
    };

    private static final Set<Nemesis> OF_REDIS =
            EnumSet.of(REDIS_SUSPENDED, REDIS_KILLED, NODE_CUT_FROM_REDIS, NODE_STALLED_FROM_REDIS);

    private static final Set<Nemesis> OF_ALL_NODES = EnumSet.of(
            ALL_NODES_RESTARTED,
            SIGNALS_CUT,
            SIGNALS_STALLED,
            DATABASE_SUSPENDED,
            DATABASE_KILLED,
            DISK_FULL,
            STANDBY_PROMOTED);

    private static final int LEASE_MILLIS = 5_500;
    private static final int SHORTEST_MILLIS = 300;

    /** Does it to the cluster, of which a node is chosen; returns when all of it runs again. */
    abstract void strike(FaultyCluster cluster, FaultyNode node, Random random)
            throws IOException, InterruptedException, SQLException;

    /** Those that the cluster can have, since it has what they concern. */
    static List<Nemesis> of(FaultyCluster cluster) {
        return Stream.of(values())
                .filter(each -> cluster.redis().isPresent() || !OF_REDIS.contains(each))
                .filter(each -> cluster.database().hasStandby() || each != STANDBY_PROMOTED)
                .toList();
    }

    /** Whether other nodes than the chosen one work normally meanwhile. */
    boolean isOfOneNode() {
        return !OF_ALL_NODES.contains(this);
    }

    private static void pause(Random random, int maxMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(SHORTEST_MILLIS + random.nextInt(maxMillis));
    }
}
