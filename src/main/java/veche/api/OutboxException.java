package veche.api;

import java.sql.SQLException;
import java.util.Objects;

/**
 * Signals that the database has refused a row of the outbox, for example since the table or the privilege to insert is
 * missing. As an unchecked exception it lets {@code @Transactional} roll the transaction back.
 */
public final class OutboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutboxException(SQLException cause) {
        super("The outbox has not accepted the message: " + cause.getMessage(), cause);
    }

    /** The exception of the database. */
    @Override
    public synchronized SQLException getCause() {
        return (SQLException) Objects.requireNonNull(super.getCause(), "set by the constructor");
    }
}
