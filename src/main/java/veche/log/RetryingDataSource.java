package veche.log;

import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a database that cannot be reached again and again, until it succeeds or the thread is interrupted. For a
 * pool, whose own attempts become rarer with each failure, up to one in five seconds: a node would follow the others
 * only that long after an outage. Thread-safe.
 */
final class RetryingDataSource implements DataSource {
    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private final DataSource target;
    private final Duration interval;

    /** @param interval the pause between two attempts */
    RetryingDataSource(DataSource target, Duration interval) {
        this.target = target;
        this.interval = interval;
    }

    @Override
    public Connection getConnection() throws SQLException {
        SQLException first = null;
        while (true) {
            try {
                return target.getConnection();
            } catch (SQLException e) {
                if (first == null) {
                    first = e;
                    LOGGER.log(Level.WARNING, "The database cannot be reached; connecting again: {0}", e.getMessage());
                }
                pause(first);
            }
        }
    }

    private void pause(SQLException failure) throws SQLException {
        try {
            Thread.sleep(interval.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return target.getConnection(user, password);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() throws SQLException {
        return target.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        target.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        target.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return target.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("veche.log");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return target.isWrapperFor(type);
    }
}
