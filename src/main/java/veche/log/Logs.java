package veche.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;
import veche.room.MessageLog;

/**
 * Factory of message logs. Each method blocks until the log is usable, and throws {@link IllegalStateException} with
 * the cause if it cannot be opened.
 */
public final class Logs {
    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    private static final int WAL_PAGES = 4_000;
    private static final int WAL_BYTES = 64 << 20;
    private static final int CACHE_KIB = 16 << 10;

    private Logs() {}

    /** Creates a log in memory, for trials and tests; its content is lost when the process ends. */
    public static MessageLog memory(LogLimits limits) {
        return new QueuedLog(new MemoryStorage(newEpoch(), limits.reads().bytes()), limits);
    }

    /**
     * Opens a log in the file {@code veche.db} of a directory. A missing directory is created with access for its owner
     * only. Every commit is synced to disk. The file may be used by one process only, on a local disk (SQLite,
     * "Write-Ahead Logging").
     */
    public static MessageLog sqlite(Path directory, LogLimits limits) {
        return sqlite(directory, limits, 0);
    }

    /** @param maxPages maximum size of the file in pages of 4 KiB; 0 for unlimited */
    static MessageLog sqlite(Path directory, LogLimits limits, int maxPages) {
        try {
            Files.createDirectories(directory, ownerOnly(directory));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot create the directory of the log: " + directory, e);
        }
        loadNativeLibrary();
        String url = "jdbc:sqlite:" + directory.resolve("veche.db").toAbsolutePath();
        HikariDataSource writer = pool(sqlite(url, maxPages), 1);
        HikariDataSource readers = pool(sqlite(url, maxPages), limits.reads().threads());
        return log("sqlite", new SqliteSql(), writer, readers, limits, () -> {
            readers.close();
            writer.close();
            deregisterDrivers();
        });
    }

    /**
     * Loads the library with the platform class loader as context class loader: the driver runs {@code uname}, and the
     * JDK's process reaper thread would retain the class loader of the application.
     */
    private static void loadNativeLibrary() {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot load the native library of SQLite: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(loader);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static DataSource sqlite(String url, int maxPages) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) BUSY_TIMEOUT.toMillis());
        config.setWalAutocheckpoint(WAL_PAGES);
        config.setJournalSizeLimit(WAL_BYTES);
        config.setCacheSize(-CACHE_KIB);
        if (maxPages > 0) {
            config.setMaxPageCount(maxPages);
        }
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl(url);
        return dataSource;
    }

    /** Opens a log in PostgreSQL, shared by any number of nodes. The caller remains the owner of the data source. */
    public static MessageLog postgresql(DataSource dataSource, LogLimits limits) {
        return log("postgresql", new PostgresqlSql(), dataSource, dataSource, limits, () -> {});
    }

    /**
     * Opens a log in PostgreSQL, shared by any number of nodes, with its own connection pool.
     *
     * @param url the JDBC URL, {@code jdbc:postgresql://host:port/database}
     */
    public static MessageLog postgresql(String url, String user, String password, LogLimits limits) {
        HikariConfig config = new HikariConfig();
        // Named explicitly, since closing an earlier log has deregistered the driver from the DriverManager.
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT.toSeconds());
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("ApplicationName", "veche");
        HikariDataSource pool = pool(config, limits.reads().threads() + 1);
        return log("postgresql", new PostgresqlSql(), pool, pool, limits, () -> {
            pool.close();
            deregisterDrivers();
        });
    }

    private static HikariDataSource pool(DataSource dataSource, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        // The database is in-process: no network can drop idle connections.
        config.setMaxLifetime(0);
        return pool(config, size);
    }

    private static HikariDataSource pool(HikariConfig config, int size) {
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(-1);
        config.setThreadFactory(new LogThreads());
        return new HikariDataSource(config);
    }

    private static MessageLog log(
            String database, Sql sql, DataSource writer, DataSource readers, LogLimits limits, Runnable release) {
        try {
            Migrations.run(database, writer);
            return new QueuedLog(
                    new JdbcStorage(
                            sql, writer, readers, release, limits.reads().bytes(), newEpoch()),
                    limits);
        } catch (FlywayException | SQLException e) {
            release.run();
            throw new IllegalStateException("Cannot open the log in " + database + ": " + e.getMessage(), e);
        }
    }

    /** A short id, since every serialized position contains it. */
    private static String newEpoch() {
        return Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    }

    /** Registered drivers would prevent the class loader of a web application from being collected. */
    private static void deregisterDrivers() {
        if (Logs.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            // While enumerating the drivers of other applications, the JDK loads, and thereby registers, the classes of
            // the same names in this application. The second call finds these.
            ownDrivers();
            ownDrivers().forEach(Logs::deregister);
        }
    }

    private static List<Driver> ownDrivers() {
        return DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == Logs.class.getClassLoader())
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
