package veche.log.cluster;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Signals by NOTIFY, each in a statement of its own after the commit: within a transaction, it would make all commits
 * of the database wait for each other. Listens on a connection of its own, and examines periodically whether its own
 * signals arrive, since a connection pool between the node and PostgreSQL may accept LISTEN and deliver nothing.
 */
public final class PostgresqlWakeup implements Wakeup {
    private static final System.Logger LOGGER = System.getLogger("veche.cluster");
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(10);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int WAIT_MILLIS = 500;

    private final DataSource direct;
    private final Duration probeInterval;
    private final String channel;
    private final ThreadFactory threads;
    private final String node = UUID.randomUUID().toString();
    private final Semaphore signals = new Semaphore(0);
    private volatile boolean closed;
    private volatile boolean reliable;
    private volatile @Nullable Thread listener;
    private volatile @Nullable Thread notifier;

    /**
     * @param direct connects to PostgreSQL with the driver of this application, not through a pool
     * @param channel the name of the notifications, an SQL identifier
     */
    public PostgresqlWakeup(DataSource direct, String channel, ThreadFactory threads) {
        this(direct, channel, threads, PROBE_INTERVAL);
    }

    PostgresqlWakeup(DataSource direct, String channel, ThreadFactory threads, Duration probeInterval) {
        this.direct = direct;
        this.channel = channel;
        this.threads = threads;
        this.probeInterval = probeInterval;
    }

    @Override
    public void listen(Runnable onSignal) {
        listener = start(() -> repeat(() -> listenOnce(onSignal)));
        notifier = start(() -> repeat(this::notifyOnce));
    }

    private Thread start(Runnable work) {
        Thread thread = threads.newThread(work);
        thread.start();
        return thread;
    }

    @FunctionalInterface
    private interface Session {
        /** Returns when the connection fails or this is closed. */
        void run() throws SQLException, InterruptedException;
    }

    private void repeat(Session session) {
        while (!closed) {
            try {
                session.run();
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | RuntimeException e) {
                reliable = false;
                if (!closed) {
                    LOGGER.log(Level.DEBUG, "The connection for signals failed; connecting again", e);
                }
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(closed ? 0 : RETRY_INTERVAL.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void listenOnce(Runnable onSignal) throws SQLException {
        try (Connection connection = direct.getConnection()) {
            PGConnection notifications = connection.unwrap(PGConnection.class);
            execute(connection, "LISTEN " + channel);
            // What was committed before LISTEN was not signalled.
            onSignal.run();
            receive(connection, notifications, onSignal);
        }
    }

    private void receive(Connection connection, PGConnection notifications, Runnable onSignal) throws SQLException {
        long probedAt = System.nanoTime();
        boolean answered = false;
        send(connection, "probe " + node);
        while (!closed) {
            PGNotification[] received = notifications.getNotifications(WAIT_MILLIS);
            boolean others = false;
            for (PGNotification one : received == null ? new PGNotification[0] : received) {
                answered |= one.getParameter().equals("probe " + node);
                others |= !one.getParameter().endsWith(node);
            }
            if (others) {
                onSignal.run();
            }
            long since = System.nanoTime() - probedAt;
            setReliable(answered || reliable && since < PROBE_TIMEOUT.toNanos());
            if (since > (answered ? probeInterval : PROBE_TIMEOUT).toNanos()) {
                probedAt = System.nanoTime();
                answered = false;
                send(connection, "probe " + node);
            }
        }
    }

    private void setReliable(boolean now) {
        if (now != reliable) {
            LOGGER.log(
                    now ? Level.INFO : Level.WARNING,
                    now ? "Signals of other nodes arrive" : "Signals of other nodes do not arrive; polling more often");
            reliable = now;
        }
    }

    private void send(Connection connection, String payload) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
            notify.setString(1, channel);
            notify.setString(2, payload);
            notify.execute();
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement jdbcStatement = connection.createStatement()) {
            jdbcStatement.execute(statement);
        }
    }

    private void notifyOnce() throws SQLException, InterruptedException {
        try (Connection connection = direct.getConnection()) {
            // Nothing is lost with a signal, so its transaction need not be durable.
            execute(connection, "SET synchronous_commit = off");
            while (!closed) {
                signals.acquire();
                signals.drainPermits();
                send(connection, node);
            }
        }
    }

    @Override
    public void signal() {
        if (signals.availablePermits() == 0) {
            signals.release();
        }
    }

    @Override
    public boolean isReliable() {
        return reliable;
    }

    @Override
    public void close() {
        closed = true;
        signals.release();
        end(listener);
        end(notifier);
    }

    private static void end(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.interrupt();
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
