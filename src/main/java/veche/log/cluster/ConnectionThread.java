package veche.log.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A thread that works on a connection of its own, and connects again when it fails. Thread-safe. */
final class ConnectionThread {
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** The work on a connection, until this is closed. */
    @FunctionalInterface
    interface Work {
        void run(Connection connection) throws SQLException, InterruptedException;
    }

    private final DataSource dataSource;
    private final ThreadFactory threads;
    private final Work work;
    private final Consumer<Exception> onFailure;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** @param onFailure called on the thread after a failure, before it connects again */
    ConnectionThread(DataSource dataSource, ThreadFactory threads, Work work, Consumer<Exception> onFailure) {
        this.dataSource = dataSource;
        this.threads = threads;
        this.work = work;
        this.onFailure = onFailure;
    }

    void start() {
        Thread started = threads.newThread(this::run);
        thread = started;
        started.start();
    }

    private void run() {
        try {
            while (!closed) {
                runOnce();
            }
        } catch (InterruptedException e) {
            // Only close() interrupts, after its timeout.
            closed = true;
        }
    }

    private void runOnce() throws InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            work.run(connection);
        } catch (SQLException | RuntimeException e) {
            onFailure.accept(e);
            if (!closed) {
                Thread.sleep(RETRY_INTERVAL.toMillis());
            }
        }
    }

    /** Whether the work is to end. */
    boolean isClosed() {
        return closed;
    }

    /**
     * Ends the work; blocks until it has ended.
     *
     * @param wake makes the work notice it
     */
    void close(Runnable wake) {
        closed = true;
        wake.run();
        Thread started = thread;
        try {
            if (started != null) {
                started.join(CLOSE_TIMEOUT.toMillis());
                started.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
