package veche.log.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.sql.DataSource;

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
    private final Work work;
    private final Consumer<Exception> onFailure;
    private final ServiceThread thread;

    /** @param onFailure called on the thread after a failure, before it connects again */
    ConnectionThread(DataSource dataSource, ThreadFactory threads, Work work, Consumer<Exception> onFailure) {
        this.dataSource = dataSource;
        this.work = work;
        this.onFailure = onFailure;
        this.thread = new ServiceThread(threads, this::run, CLOSE_TIMEOUT);
    }

    void start() {
        thread.start();
    }

    private void run() throws InterruptedException {
        while (!isClosed()) {
            runOnce();
        }
    }

    private void runOnce() throws InterruptedException {
        try (Connection connection = dataSource.getConnection()) {
            work.run(connection);
        } catch (SQLException | RuntimeException e) {
            onFailure.accept(e);
            if (!isClosed()) {
                Thread.sleep(RETRY_INTERVAL.toMillis());
            }
        }
    }

    /** Whether the work is to end. */
    boolean isClosed() {
        return thread.isClosed();
    }

    /** As {@link ServiceThread#close}. */
    void close(Runnable wake) {
        thread.close(wake);
    }
}
