package veche.log;

import java.lang.System.Logger.Level;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** The registrations of this application's JDBC drivers in the {@link DriverManager}. */
final class JdbcDrivers {
    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private JdbcDrivers() {}

    /** Registered drivers would prevent the class loader of a web application from being collected. */
    static void deregister() {
        if (JdbcDrivers.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            // While enumerating the drivers of other applications, the JDK loads, and thereby registers, the classes of
            // the same names in this application. The second call finds these.
            own();
            own().forEach(JdbcDrivers::deregister);
        }
    }

    private static List<Driver> own() {
        return DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == JdbcDrivers.class.getClassLoader())
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
