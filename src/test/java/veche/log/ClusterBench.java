package veche.log;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.RoomName;

/**
 * Prints, as Markdown tables, what nodes on one PostgreSQL store and deliver per second, and how long a message takes
 * to another node. All nodes are logs in this process: the figures contain no connections of clients. Argument: seconds
 * for each run.
 */
final class ClusterBench {
    private static final int IN_FLIGHT = 8_192;
    private static final int HOPS = 300;
    private static final String TEXT = "x".repeat(48);
    private static final List<RoomName> ROOMS =
            IntStream.range(0, 16).mapToObj(i -> new RoomName("room-" + i)).toList();

    private ClusterBench() {}

    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 5);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            System.out.println("| nodes | stored/s | received by all nodes/s |\n|---|---|---|");
            for (int nodes = 1; nodes <= 3; nodes++) {
                throughput(postgres, nodes, time);
            }
            System.out.println("\n| waking | p50 ms | p99 ms |\n|---|---|---|");
            latency("signals", nodes(postgres, 2));
            latency(
                    "polling",
                    IntStream.range(0, 2)
                            .mapToObj(i -> Logs.postgresql(pool(postgres), LogLimits.DEFAULT))
                            .toList());
        }
    }

    private static DataSource pool(EmbeddedPostgres postgres) {
        String url = postgres.getJdbcUrl("postgres", "postgres");
        return new PostgresqlDatabase(new PostgresqlAccess(url, "postgres", "")).pool(8);
    }

    private static List<MessageLog> nodes(EmbeddedPostgres postgres, int count) {
        String url = postgres.getJdbcUrl("postgres", "postgres");
        return IntStream.range(0, count)
                .mapToObj(i -> Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT))
                .toList();
    }

    private static void throughput(EmbeddedPostgres postgres, int count, Duration time) throws Exception {
        List<MessageLog> nodes = nodes(postgres, count);
        AtomicLong received = new AtomicLong();
        for (MessageLog node : nodes) {
            node.listen(new Listener(batch -> received.addAndGet(batch.size())));
            for (RoomName room : ROOMS) {
                LogFixture.get(node.open(room));
            }
        }
        run(nodes, time.dividedBy(2));
        long before = received.get();
        long start = System.nanoTime();
        long stored = run(nodes, time);
        for (MessageLog node : nodes) {
            LogFixture.get(node.refresh());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("| %d | %,.0f | %,.0f |%n", count, stored / seconds, (received.get() - before) / seconds);
        nodes.forEach(MessageLog::close);
    }

    /** The number of messages acknowledged. */
    private static long run(List<MessageLog> nodes, Duration time) throws InterruptedException {
        AtomicLong acknowledged = new AtomicLong();
        int each = IN_FLIGHT / nodes.size();
        List<Thread> senders = IntStream.range(0, nodes.size())
                .mapToObj(node -> new Thread(() -> send(nodes.get(node), node, each, time, acknowledged)))
                .toList();
        senders.forEach(Thread::start);
        for (Thread sender : senders) {
            sender.join();
        }
        return acknowledged.get();
    }

    private static void send(MessageLog log, int node, int limit, Duration time, AtomicLong acknowledged) {
        Draft draft = Draft.text(new Author("user:" + node, "User"), TEXT);
        Semaphore inFlight = new Semaphore(limit);
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < time.toNanos(); i++) {
            inFlight.acquireUninterruptibly();
            log.append(ROOMS.get(i % ROOMS.size()), draft).whenComplete((appended, failure) -> {
                inFlight.release();
                if (failure == null) {
                    acknowledged.incrementAndGet();
                }
            });
        }
        inFlight.acquireUninterruptibly(limit);
    }

    private static void latency(String waking, List<MessageLog> nodes) throws Exception {
        Queue<Long> nanos = new ConcurrentLinkedQueue<>();
        nodes.get(0).listen(new Listener(batch -> {}));
        nodes.get(1)
                .listen(new Listener(batch -> batch.forEach(appended -> nanos.add(
                        System.nanoTime() - Long.parseLong(appended.message().text())))));
        LogFixture.get(nodes.get(1).open(ROOMS.get(0)));
        Thread.sleep(1_000);
        for (int i = 0; i < HOPS; i++) {
            Draft draft = Draft.text(new Author("user:anna", "Anna"), Long.toString(System.nanoTime()));
            LogFixture.get(nodes.get(0).append(ROOMS.get(0), draft));
            Thread.sleep(13);
        }
        LogFixture.get(nodes.get(1).refresh());
        List<Long> sorted = new ArrayList<>(nanos);
        sorted.sort(null);
        System.out.printf(
                "| %s | %.1f | %.1f |%n",
                waking, sorted.get(sorted.size() / 2) / 1e6, sorted.get(sorted.size() * 99 / 100) / 1e6);
        nodes.forEach(MessageLog::close);
    }

    private record Listener(Consumer<List<MessageLog.Appended>> consumer) implements MessageLog.Listener {
        @Override
        public void committed(List<MessageLog.Appended> batch) {
            consumer.accept(batch);
        }

        @Override
        public void trimmed(RoomName room, long first) {}
    }
}
