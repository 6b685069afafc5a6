package veche.log;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.RoomName;

/**
 * Prints the number of messages per second that each log acknowledges as durable, as a Markdown table: 48 characters
 * each, in 16 rooms, up to 8,192 unacknowledged. Arguments: seconds for each run, and the directory for the SQLite
 * file, which must be on a physical disk.
 */
final class LogBench {
    private static final int IN_FLIGHT = 8_192;
    private static final String TEXT = "x".repeat(48);

    private LogBench() {}

    public static void main(String[] arguments) throws Exception {
        Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 5);
        Path parent = Path.of(arguments.length > 1 ? arguments[1] : ".").toAbsolutePath();
        System.out.println("| log | messages/s acknowledged |\n|---|---|");
        print("memory", run(Logs.memory(LogLimits.DEFAULT), time));
        Path directory = Files.createTempDirectory(parent, "log-bench-");
        try {
            print("SQLite, synchronous=FULL", run(Logs.sqlite(directory, LogLimits.DEFAULT), time));
        } finally {
            delete(directory);
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            print("PostgreSQL, fsync=on", run(Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT), time));
        }
    }

    private static void print(String log, long perSecond) {
        System.out.printf("| %s | %,d |%n", log, perSecond);
    }

    private static long run(MessageLog log, Duration time) throws InterruptedException {
        try (log) {
            log.listen(new NoListener());
            measure(log, time.dividedBy(2));
            return measure(log, time);
        }
    }

    private static long measure(MessageLog log, Duration time) throws InterruptedException {
        List<RoomName> rooms =
                IntStream.range(0, 16).mapToObj(i -> new RoomName("room-" + i)).toList();
        Draft draft = Draft.text(new Author("user:anna", "Anna"), TEXT);
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        AtomicLong acknowledged = new AtomicLong();
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < time.toNanos(); i++) {
            inFlight.acquire();
            log.append(rooms.get(i % rooms.size()), draft).whenComplete((appended, failure) -> {
                inFlight.release();
                if (failure == null) {
                    acknowledged.incrementAndGet();
                }
            });
        }
        inFlight.acquire(IN_FLIGHT);
        return acknowledged.get() * 1_000_000_000 / (System.nanoTime() - start);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class NoListener implements MessageLog.Listener {
        @Override
        public void committed(List<MessageLog.Appended> batch) {}

        @Override
        public void trimmed(RoomName room, long first) {}
    }
}
