package veche.log.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import veche.log.Postgres;

class PostgresqlWakeupTest {
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(100);

    private final List<Wakeup> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Wakeup::close);
    }

    private Wakeup wakeup(DataSource dataSource) {
        Wakeup wakeup = new PostgresqlWakeup(dataSource, "veche_test", Thread::new, PROBE_INTERVAL);
        opened.add(wakeup);
        return wakeup;
    }

    private static DataSource database() {
        return Postgres.server().getPostgresDatabase();
    }

    private static Wakeup listening(Wakeup wakeup, AtomicInteger signals) {
        wakeup.listen(signals::incrementAndGet);
        await().until(wakeup::isReliable);
        return wakeup;
    }

    @Test
    void aSignalReachesTheOtherNodesOnly() {
        AtomicInteger own = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        Wakeup sender = listening(wakeup(database()), own);
        listening(wakeup(database()), others);
        int before = others.get();
        int beforeOwn = own.get();
        sender.signal();
        await().until(() -> others.get() > before);
        assertEquals(beforeOwn, own.get());
    }

    @Test
    void listeningContinuesAfterTheConnectionIsLost() throws SQLException {
        AtomicInteger signals = new AtomicInteger();
        Wakeup listener = listening(wakeup(database()), signals);
        Wakeup sender = listening(wakeup(database()), new AtomicInteger());
        try (Connection connection = database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE pid <> pg_backend_pid() AND (query LIKE 'LISTEN veche_test%' OR query LIKE 'SELECT pg_notify%')");
        }
        await().until(() -> !listener.isReliable());
        await().until(listener::isReliable);
        int before = signals.get();
        await().until(() -> {
            sender.signal();
            return signals.get() > before;
        });
    }

    @Test
    void signalsThatSilentlyStopAreDetected() {
        AtomicBoolean deaf = new AtomicBoolean();
        Wakeup wakeup = listening(wakeup(switchable(deaf)), new AtomicInteger());
        deaf.set(true);
        await().until(() -> !wakeup.isReliable());
        deaf.set(false);
        await().until(wakeup::isReliable);
    }

    @Test
    void aPoolThatDeliversNoSignalsIsNeverReliable() {
        Wakeup wakeup = wakeup(switchable(new AtomicBoolean(true)));
        AtomicInteger started = new AtomicInteger();
        wakeup.listen(started::incrementAndGet);
        await().until(() -> started.get() > 0);
        assertFalse(wakeup.isReliable());
    }

    @Test
    void aPoolThatDeliversOnlyWhatTheListeningConnectionSendsIsNeverReliable() {
        AtomicInteger reads = new AtomicInteger();
        Wakeup wakeup =
                wakeup(intercepted(connection -> InterceptedCalls.of(PGConnection.class, connection, (method, call) -> {
                    Object received = call.result();
                    if (!method.equals("getNotifications")) {
                        return received;
                    }
                    reads.incrementAndGet();
                    return received == null
                            ? null
                            : Stream.of((PGNotification[]) received)
                                    .filter(one -> one.getPID() == connection.getBackendPID())
                                    .toArray(PGNotification[]::new);
                })));
        wakeup.listen(() -> {});
        await().until(() -> reads.get() > 3);
        assertFalse(wakeup.isReliable());
    }

    /** A database whose notifications are discarded while {@code deaf}, as by a pool in transaction mode. */
    private static DataSource switchable(AtomicBoolean deaf) {
        return intercepted(connection -> notifications(connection, deaf));
    }

    private static DataSource intercepted(UnaryOperator<PGConnection> notifications) {
        return InterceptedCalls.of(
                DataSource.class,
                database(),
                (method, call) -> method.equals("getConnection")
                        ? connection((Connection) call.result(), notifications)
                        : call.result());
    }

    private static Connection connection(Connection connection, UnaryOperator<PGConnection> notifications) {
        return InterceptedCalls.of(
                Connection.class,
                connection,
                (method, call) ->
                        method.equals("unwrap") ? notifications.apply((PGConnection) call.result()) : call.result());
    }

    private static PGConnection notifications(PGConnection connection, AtomicBoolean deaf) {
        return InterceptedCalls.of(PGConnection.class, connection, (method, call) -> {
            Object received = call.result();
            return method.equals("getNotifications") && deaf.get() ? null : received;
        });
    }
}
