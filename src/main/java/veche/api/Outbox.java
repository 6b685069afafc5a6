package veche.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Publishes messages within the application's own transactions: a message is delivered after the commit of the
 * transaction, exactly once, in the order of the commits, and never after a rollback. It is a row of the table
 * {@code veche_outbox}.
 *
 * <p>With CDI it is injected, {@code @Inject Outbox}, and uses the data source that the application's resource
 * reference {@value #DATA_SOURCE} names. Without CDI, or for other data sources, there are {@link #over} and
 * {@link #on}. Thread-safe, except for {@link #on}.
 */
public interface Outbox {
    /** The JNDI name of the data source that an injected outbox uses, within the naming context of the application. */
    String DATA_SOURCE = "java:comp/env/jdbc/veche-outbox";

    /**
     * Publishes in the current JTA transaction, which includes the connection that the data source returns.
     *
     * @throws IllegalStateException if there is no active JTA transaction, or the data source is missing
     * @throws OutboxException if the database refuses the row; the transaction should be rolled back
     */
    void publish(OutboxMessage message);

    /**
     * Publishes in the transaction of a connection, which remains the caller's to commit and to close.
     *
     * @throws IllegalStateException if the connection is in auto-commit mode, and there is no JTA transaction
     * @throws SQLException if the database refuses the row; the transaction should be rolled back
     */
    default void publish(Connection transaction, OutboxMessage message) throws SQLException {
        OutboxInsert.intoTransaction(transaction, message);
    }

    /**
     * An outbox that uses this data source in JTA transactions. The data source must be one of the container's that
     * takes part in them.
     */
    static Outbox over(DataSource dataSource) {
        return new JtaOutbox(() -> Optional.of(dataSource));
    }

    /** An outbox whose {@link #publish(OutboxMessage)} uses the transaction of this connection, as JDBC begins it. */
    static Outbox on(Connection transaction) {
        return message -> {
            try {
                OutboxInsert.intoTransaction(transaction, message);
            } catch (SQLException e) {
                throw new OutboxException(e);
            }
        };
    }
}
