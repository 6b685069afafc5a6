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
 * Makes logs. Each blocks until the log can be used, and throws {@link IllegalStateException}, with the cause, where it
 * cannot.
 */
public final class Logs {
    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration LOCKED = Duration.ofSeconds(10);
    private static final int WAL_PAGES = 4_000;
    private static final int WAL_BYTES = 64 << 20;
    private static final int CACHE_KIB = 16 << 10;

    private Logs() {}

    /** A log in memory: gone with the process, for trials and tests. */
    public static MessageLog memory(LogLimits limits) {
        return new QueuedLog(new MemoryStorage(newEpoch(), limits.reads().bytes()), limits);
    }

    /**
     * A log in the file {@code veche.db} of a directory, which is created where it is missing, for its owner only. Every
     * commit is synced to the disk. For one process, on a disk of its own machine (SQLite, "Write-Ahead Logging").
     */
    public static MessageLog sqlite(Path directory, LogLimits limits) {
        return sqlite(directory, limits, 0);
    }

    /** @param maxPages how large the file may grow, in pages of 4 KiB; 0 for any size */
    static MessageLog sqlite(Path directory, LogLimits limits, int maxPages) {
        try {
            Files.createDirectories(directory, ownerOnly(directory));
        } catch (IOException e) {
            throw new IllegalStateException("The log's directory cannot be made: " + directory, e);
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
     * The driver asks the system's {@code uname}; the JDK's thread that waits for processes would keep the class loader
     * that it inherits.
     */
    private static void loadNativeLibrary() {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IllegalStateException("SQLite's native library cannot be loaded: " + e.getMessage(), e);
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
        config.setBusyTimeout((int) LOCKED.toMillis());
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

    /** A log in PostgreSQL, shared with any number of nodes. The data source stays the caller's. */
    public static MessageLog postgresql(DataSource dataSource, LogLimits limits) {
        return log("postgresql", new PostgresqlSql(), dataSource, dataSource, limits, () -> {});
    }

    /**
     * A log in PostgreSQL, shared with any number of nodes, through a pool of its own.
     *
     * @param url as the driver wants it, {@code jdbc:postgresql://host:port/database}
     */
    public static MessageLog postgresql(String url, String user, String password, LogLimits limits) {
        HikariConfig config = new HikariConfig();
        // The driver's class, as its registration with the driver manager ends with the log.
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.addDataSourceProperty("connectTimeout", CONNECTING.toSeconds());
        config.addDataSourceProperty("socketTimeout", SILENCE.toSeconds());
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
        // There is no network in between that might drop a connection.
        config.setMaxLifetime(0);
        return pool(config, size);
    }

    private static HikariDataSource pool(HikariConfig config, int size) {
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECTING.toMillis());
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
            throw new IllegalStateException("The log in " + database + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Short, as it goes over the wire with every position. */
    private static String newEpoch() {
        return Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    }

    /** In a web application, drivers that stay registered would keep its class loader for ever. */
    private static void deregisterDrivers() {
        if (Logs.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            // To look at other applications' drivers makes the JDK load, and so register, their namesakes here.
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
            LOGGER.log(Level.WARNING, "A driver stays registered: " + driver, e);
        }
    }
}
