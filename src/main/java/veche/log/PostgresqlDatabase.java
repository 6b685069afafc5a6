package veche.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;

/** A PostgreSQL database and the settings of its connections. */
final class PostgresqlDatabase {
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(200);

    /** The server is starting or recovering (PostgreSQL, "Error Codes": cannot_connect_now). */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private final DataSource dataSource;

    PostgresqlDatabase(PostgresqlAccess access) {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", Long.toString(ConnectionPools.CONNECT_TIMEOUT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "veche");
        // The driver is named explicitly, since closing an earlier log has deregistered it from the DriverManager.
        this.dataSource = new DriverDataSource(
                access.url(), "org.postgresql.Driver", properties, access.user(), access.password());
    }

    /** Each of its connections is a new one. */
    DataSource direct() {
        return dataSource;
    }

    /**
     * Connects once, so that a database that cannot be used is reported with its own error and at once: a pool would
     * retry until its timeout, whatever the error. Only a server that is starting is tried again.
     */
    void awaitStart() throws SQLException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (isStarting(deadline)) {
            try {
                Thread.sleep(RETRY_INTERVAL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("Interrupted while the server was starting", e);
            }
        }
    }

    private boolean isStarting(long deadline) throws SQLException {
        try {
            dataSource.getConnection().close();
            return false;
        } catch (SQLException e) {
            if (!CANNOT_CONNECT_NOW.equals(e.getSQLState()) || System.nanoTime() - deadline > 0) {
                throw e;
            }
            return true;
        }
    }

    HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(new RetryingDataSource(dataSource, RETRY_INTERVAL));
        return ConnectionPools.create(config, size);
    }
}
