package veche.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/** A SQLite database file and its settings. */
final class SqliteFile {
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
    private static final int WAL_PAGES = 4_000;
    private static final int WAL_BYTES = 64 << 20;
    private static final int CACHE_KIB = 16 << 10;

    private final Path directory;
    private final String url;
    private final int maxPages;

    private SqliteFile(Path directory, int maxPages) {
        this.directory = directory;
        this.url = "jdbc:sqlite:" + directory.resolve("veche.db").toAbsolutePath();
        this.maxPages = maxPages;
    }

    /**
     * The file {@code veche.db} of a directory, which is created with access for its owner only if it is missing.
     *
     * @param maxPages maximum size of the file in pages of 4 KiB; 0 for unlimited
     */
    static SqliteFile in(Path directory, int maxPages) {
        try {
            Files.createDirectories(directory, ownerOnly(directory));
        } catch (IOException e) {
            throw new IllegalStateException("Cannot create the directory of the log: " + directory, e);
        }
        loadNativeLibrary();
        return new SqliteFile(directory, maxPages);
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
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

    /** The bytes that are free on the disk. */
    long free() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HikariDataSource pool(int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource());
        // The database is in-process: no network can drop idle connections.
        config.setMaxLifetime(0);
        return ConnectionPools.create(config, size);
    }

    private DataSource dataSource() {
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
}
