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
    private static final int WAIT_MILLIS = 500;

    private static final String PROBE = "probe ";

    private final Duration probeInterval;
    private final String channel;
    private final String node = UUID.randomUUID().toString();
    private final Semaphore signals = new Semaphore(0);
    private final ConnectionThread listener;
    private final ConnectionThread notifier;
    private volatile boolean reliable;
    /** Set before a permit of {@code signals} is released. */
    private volatile boolean probeDue;

    private volatile Runnable onSignal = () -> {};

    /**
     * @param direct connects to PostgreSQL with the driver of this application, not through a pool
     * @param channel the name of the notifications, an SQL identifier
     */
    public PostgresqlWakeup(DataSource direct, String channel, ThreadFactory threads) {
        this(direct, channel, threads, PROBE_INTERVAL);
    }

    PostgresqlWakeup(DataSource direct, String channel, ThreadFactory threads, Duration probeInterval) {
        this.channel = channel;
        this.probeInterval = probeInterval;
        this.listener = new ConnectionThread(direct, threads, this::receive, this::failed);
        this.notifier = new ConnectionThread(direct, threads, this::notifyOthers, this::failed);
    }

    @Override
    public void listen(Runnable added) {
        onSignal = added;
        listener.start();
        notifier.start();
    }

    private void failed(Exception failure) {
        reliable = false;
        LOGGER.log(Level.DEBUG, "The connection for signals failed; connecting again", failure);
    }

    private void receive(Connection connection) throws SQLException {
        PGConnection notifications = connection.unwrap(PGConnection.class);
        execute(connection, "LISTEN " + channel);
        // What was committed before LISTEN was not signalled.
        onSignal.run();
        long probedAt = System.nanoTime();
        boolean answered = false;
        probe();
        while (!listener.isClosed()) {
            PGNotification[] received = notifications.getNotifications(WAIT_MILLIS);
            boolean others = false;
            for (PGNotification one : received == null ? new PGNotification[0] : received) {
                answered |= one.getParameter().equals(PROBE + node);
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
                probe();
            }
        }
    }

    /** On the other connection: a pool delivers what the listening connection sends itself, but nothing else. */
    private void probe() {
        probeDue = true;
        signals.release();
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

    private void notifyOthers(Connection connection) throws SQLException, InterruptedException {
        // Nothing is lost with a signal, so its transaction need not be durable.
        execute(connection, "SET synchronous_commit = off");
        while (!notifier.isClosed()) {
            signals.acquire();
            signals.drainPermits();
            boolean probe = probeDue;
            probeDue = false;
            send(connection, probe ? PROBE + node : node);
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
        notifier.close(signals::release);
        listener.close(() -> {});
    }
}
