package veche.log;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import veche.log.cluster.ServiceThread;
import veche.log.outbox.OutboxRow;
import veche.log.outbox.OutboxTable;

/**
 * Moves the messages of an outbox in another database to the log: adds them, each with a key of its own, and removes
 * the rows then. A row that is read again, by this node or another one, adds no second message while its key is
 * remembered. A thread of its own waits for the database. Thread-safe.
 */
final class ForeignOutbox {
    /** The prefix of the keys of rows that have none. */
    static final String KEY = "outbox:";

    private static final System.Logger LOG = System.getLogger("veche.outbox");
    private static final int MAX_ROWS = 1_000;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(30);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final LogLimits limits;
    private final Function<List<OutboxRow>, CompletionStage<Map<Long, String>>> log;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final ServiceThread thread;
    private volatile boolean reachable = true;

    /** @param log adds the messages of rows and completes with the reasons of refusals by the ids of rows */
    ForeignOutbox(
            DataSource dataSource,
            LogLimits limits,
            ThreadFactory threads,
            Function<List<OutboxRow>, CompletionStage<Map<Long, String>>> log) {
        this.dataSource = dataSource;
        this.limits = limits;
        this.log = log;
        this.thread = new ServiceThread(threads, this::run, CLOSE_TIMEOUT);
    }

    void start() {
        if (!limits.outbox().poll().isZero()) {
            thread.start();
        }
    }

    void close() {
        thread.close(stop::countDown);
    }

    /** Whether the database answered the last time. */
    boolean isReachable() {
        return reachable;
    }

    private void run() throws InterruptedException {
        Duration pause = Duration.ZERO;
        while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            pause = move(pause);
        }
    }

    /** Moves the first rows; returns the pause after them, which grows with each failure. */
    private Duration move(Duration last) throws InterruptedException {
        Duration poll = limits.outbox().poll();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            OutboxTable table = OutboxTable.inAnyDatabase(connection);
            List<OutboxRow> rows = table.ready(MAX_ROWS, limits.writes().batchBytes());
            report(true, "");
            if (rows.isEmpty()) {
                return poll;
            }
            Map<Long, String> refused = add(rows);
            for (Map.Entry<Long, String> refusal : refused.entrySet()) {
                table.refuse(refusal.getKey(), refusal.getValue());
            }
            List<Long> added = rows.stream()
                    .map(OutboxRow::id)
                    .filter(id -> !refused.containsKey(id))
                    .toList();
            if (!added.isEmpty()) {
                table.remove(added);
            }
            return Duration.ZERO;
        } catch (SQLException e) {
            report(false, e.toString());
        } catch (ExecutionException e) {
            // The log has reported it.
            LOG.log(Level.DEBUG, "The log does not accept messages of the outbox now", e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The outbox cannot be read", e);
        }
        return longer(poll, last);
    }

    private Map<Long, String> add(List<OutboxRow> rows) throws ExecutionException, InterruptedException {
        List<OutboxRow> keyed =
                rows.stream().map(row -> row.withKeyOr(KEY + row.id())).toList();
        return log.apply(keyed).toCompletableFuture().get();
    }

    private static Duration longer(Duration poll, Duration last) {
        Duration twice = last.multipliedBy(2);
        Duration longer = twice.compareTo(poll) < 0 ? poll : twice;
        return longer.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : longer;
    }

    private void report(boolean now, String failure) {
        if (now != reachable) {
            LOG.log(
                    now ? Level.INFO : Level.WARNING,
                    now ? "The database of the outbox answers again" : "The outbox cannot be read; retrying: {0}",
                    failure);
            reachable = now;
        }
    }
}
