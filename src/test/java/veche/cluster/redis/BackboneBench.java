package veche.cluster.redis;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.cluster.ParcelRelay;
import veche.log.cluster.PostgresqlBackbone;
import veche.log.cluster.PostgresqlWakeup;
import veche.log.cluster.Wakeup;
import veche.room.cluster.Backbone;
import veche.room.cluster.NodeId;
import veche.testing.RedisProcess;

/**
 * Prints, as a Markdown table, how long a parcel takes from one node to another, one at a time, and how many arrive per
 * second if many are on their way. Both nodes are in this process. Argument: seconds for each run.
 */
final class BackboneBench {
    private static final int HOPS = 500;
    private static final int INTERVAL_MILLIS = 7;
    private static final int IN_FLIGHT = 4_096;
    private static final int BYTES = 200;

    private BackboneBench() {}

    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 5);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .start();
                RedisProcess redis = RedisProcess.server()) {
            Logs.postgresql(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "", LogLimits.DEFAULT)
                    .close();
            DataSource database = postgres.getPostgresDatabase();
            Supplier<Wakeup> signals = () -> new PostgresqlWakeup(database, "veche_bench", Thread::new);
            RedisAccess access = new RedisAccess(
                    "redis://127.0.0.1:" + redis.port(),
                    Optional.empty(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2));
            System.out.println("| parcels by | p50 ms | p99 ms | parcels/s |\n|---|---|---|---|");
            run("PostgreSQL, polling", time, database, () -> Wakeup.NONE, () -> ParcelRelay.NONE);
            run("PostgreSQL, signals", time, database, signals, () -> ParcelRelay.NONE);
            run("Redis", time, database, signals, () -> new RedisRelay(access));
        }
    }

    private static void run(
            String name, Duration time, DataSource database, Supplier<Wakeup> wakeup, Supplier<ParcelRelay> relay)
            throws InterruptedException {
        PostgresqlBackbone.Timing timing = PostgresqlBackbone.Timing.polling(LogLimits.Cluster.DEFAULT.poll());
        List<Receiver> receivers = List.of(new Receiver(), new Receiver());
        List<PostgresqlBackbone> nodes = receivers.stream()
                .map(each -> new PostgresqlBackbone(database, wakeup.get(), relay.get(), timing, Thread::new, "bench"))
                .toList();
        IntStream.range(0, nodes.size()).forEach(i -> nodes.get(i).listen(receivers.get(i)));
        Backbone sender = nodes.get(0);
        Receiver receiver = receivers.get(1);
        while (sender.others().isEmpty()
                || !sender.status().relay().isEmpty() && sender.status().relayed() == 0) {
            Thread.sleep(100);
        }
        Thread.sleep(3_000); // until signals are known to arrive
        for (int i = 0; i < HOPS; i++) {
            send(sender);
            Thread.sleep(INTERVAL_MILLIS);
        }
        receiver.await(HOPS);
        List<Long> nanos = new ArrayList<>(receiver.nanos);
        Collections.sort(nanos);
        throughput(sender, receiver, time.dividedBy(2));
        double perSecond = throughput(sender, receiver, time);
        System.out.printf(
                "| %s | %.2f | %.2f | %,.0f |%n",
                name, nanos.get(HOPS / 2) / 1e6, nanos.get(HOPS * 99 / 100) / 1e6, perSecond);
        nodes.forEach(Backbone::close);
    }

    private static void send(Backbone sender) {
        sender.broadcast(
                () -> ByteBuffer.allocate(BYTES).putLong(System.nanoTime()).array());
    }

    private static double throughput(Backbone sender, Receiver receiver, Duration time) {
        receiver.free.drainPermits();
        receiver.free.release(IN_FLIGHT);
        long before = receiver.count.get();
        long start = System.nanoTime();
        while (System.nanoTime() - start < time.toNanos()) {
            receiver.free.acquireUninterruptibly();
            send(sender);
        }
        receiver.free.acquireUninterruptibly(IN_FLIGHT);
        return (receiver.count.get() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private static final class Receiver implements Backbone.Listener {
        private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
        private final AtomicLong count = new AtomicLong();
        private final Semaphore free = new Semaphore(0);

        @Override
        public void joined(NodeId node) {
            // Nothing is to be repeated.
        }

        @Override
        public void lost(NodeId node) {
            // No node ends within a run.
        }

        @Override
        public void received(NodeId from, byte[] parcel) {
            if (nanos.size() < HOPS) {
                nanos.add(System.nanoTime() - ByteBuffer.wrap(parcel).getLong());
            }
            count.incrementAndGet();
            free.release();
        }

        void await(int parcels) throws InterruptedException {
            while (count.get() < parcels) {
                Thread.sleep(10);
            }
        }
    }
}
