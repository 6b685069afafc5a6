package veche.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** What all connection pools of the logs have in common, and the registrations of their JDBC drivers. */
final class ConnectionPools {
    /** How long an operation waits for a connection. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private ConnectionPools() {}

    static HikariDataSource create(HikariConfig config, int size) {
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        // The migration, which comes first, reports a failure to connect.
        config.setInitializationFailTimeout(-1);
        config.setThreadFactory(new LogThreads());
        return new HikariDataSource(config);
    }

    /** Registered drivers would prevent the class loader of a web application from being collected. */
    static void deregisterDrivers() {
        if (ConnectionPools.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            // While enumerating the drivers of other applications, the JDK loads, and thereby registers, the classes of
            // the same names in this application. The second call finds these.
            ownDrivers();
            ownDrivers().forEach(ConnectionPools::deregister);
        }
    }

    private static List<Driver> ownDrivers() {
        return DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == ConnectionPools.class.getClassLoader())
                .toList();
    }

    private static void deregister(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            LOGGER.log(Level.WARNING, "Cannot deregister JDBC driver " + driver, e);
        }
    }
}
