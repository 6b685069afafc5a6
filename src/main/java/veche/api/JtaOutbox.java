package veche.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Publishes in the current JTA transaction. Thread-safe. */
final class JtaOutbox implements Outbox {
    private final Supplier<Optional<DataSource>> dataSource;

    JtaOutbox(Supplier<Optional<DataSource>> dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void publish(OutboxMessage message) {
        requireTransaction();
        DataSource found = dataSource
                .get()
                .orElseThrow(() -> new IllegalStateException("The application has no data source " + DATA_SOURCE
                        + "; declare it as a resource reference, or use Outbox.over(DataSource)"));
        try (Connection enlisted = found.getConnection()) {
            OutboxInsert.into(enlisted, message);
        } catch (SQLException e) {
            throw new OutboxException(e);
        }
    }

    private static void requireTransaction() {
        Object registry = Naming.find(Naming.TRANSACTIONS)
                .orElseThrow(() -> new IllegalStateException(
                        "This server has no JTA; use Outbox.publish(Connection, OutboxMessage)"));
        if (!ActiveTransaction.existsIn(registry)) {
            throw new IllegalStateException(
                    "No JTA transaction is active; use @Transactional, or Outbox.publish(Connection, OutboxMessage)");
        }
    }

    /** Whether a JTA transaction is active; {@link ActiveTransaction} is not loaded where the server has no JTA. */
    static boolean isInTransaction() {
        return Naming.find(Naming.TRANSACTIONS)
                .map(registry -> ActiveTransaction.existsIn(registry))
                .orElse(false);
    }
}
