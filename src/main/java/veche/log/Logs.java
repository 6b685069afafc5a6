package veche.log;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import veche.log.cluster.ParcelRelay;
import veche.log.cluster.PostgresqlBackbone;
import veche.log.cluster.PostgresqlWakeup;
import veche.log.cluster.Wakeup;
import veche.room.MessageLog;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims;

/**
 * Factory of message logs. Each method blocks until the log is usable, and throws {@link IllegalStateException} with
 * the cause if it cannot be opened.
 */
public final class Logs {
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
        SqliteFile file = SqliteFile.in(directory, maxPages);
        HikariDataSource writer = file.pool(1);
        HikariDataSource readers = file.pool(limits.reads().threads());
        return log("sqlite", new SqliteSql(), writer, readers, limits, file::free, Links.NONE, () -> {
            readers.close();
            writer.close();
            ConnectionPools.deregisterDrivers();
        });
    }

    /** The connections of a node to the other nodes of its log. */
    private record Links(Wakeup wakeup, Backbone backbone, Claims claims) {
        private static final Links NONE = new Links(Wakeup.NONE, Backbone.NONE, Claims.NONE);

        /** @param permanent one connection of it is used permanently */
        private static Links of(
                DataSource permanent, Wakeup commits, Wakeup parcels, ParcelRelay relay, LogLimits.Cluster cluster) {
            PostgresqlBackbone backbone = new PostgresqlBackbone(
                    permanent,
                    parcels,
                    relay,
                    PostgresqlBackbone.Timing.polling(cluster.poll()),
                    new LogThreads(),
                    cluster.node());
            return new Links(commits, backbone, backbone.claims());
        }

        /** Signals and parcels over connections of their own. */
        private static Links direct(PostgresqlAccess access, ParcelRelay relay, LogLimits.Cluster cluster) {
            DataSource direct = new PostgresqlDatabase(access).direct();
            return of(
                    direct,
                    new PostgresqlWakeup(direct, "veche_feed", new LogThreads()),
                    new PostgresqlWakeup(direct, "veche_mail", new LogThreads()),
                    relay,
                    cluster);
        }
    }

    /** As {@link #postgresql(DataSource, LogLimits, Optional, ParcelRelay)}, with nothing but the data source. */
    public static MessageLog postgresql(DataSource dataSource, LogLimits limits) {
        return postgresql(dataSource, limits, Optional.empty(), ParcelRelay.NONE);
    }

    /**
     * Opens a log in PostgreSQL, shared by any number of nodes. The caller remains the owner of the data source.
     *
     * @param direct access to the same database that bypasses connection pools, for signals between nodes; without,
     *     nodes find each other's messages by polling
     * @param relay carries parcels between nodes; closed with the log
     */
    public static MessageLog postgresql(
            DataSource dataSource, LogLimits limits, Optional<PostgresqlAccess> direct, ParcelRelay relay) {
        if (direct.isEmpty()) {
            Links links = Links.of(dataSource, Wakeup.NONE, Wakeup.NONE, relay, limits.cluster());
            return postgresql(dataSource, limits, links, () -> {});
        }
        Links links = Links.direct(direct.get(), relay, limits.cluster());
        return postgresql(dataSource, limits, links, ConnectionPools::deregisterDrivers);
    }

    private static MessageLog postgresql(DataSource dataSource, LogLimits limits, Links links, Runnable release) {
        return log("postgresql", new PostgresqlSql(), dataSource, dataSource, limits, Logs::unknown, links, release);
    }

    /** As {@link #postgresql(PostgresqlAccess, PostgresqlAccess, LogLimits, ParcelRelay)} without a pool outside of this process. */
    public static MessageLog postgresql(String url, String user, String password, LogLimits limits) {
        PostgresqlAccess access = new PostgresqlAccess(url, user, password);
        return postgresql(access, access, limits, ParcelRelay.NONE);
    }

    /**
     * Opens a log in PostgreSQL, shared by any number of nodes, with its own connection pool. A database that cannot be
     * reached or refuses access is reported at once; a server that is still starting is awaited for ten seconds.
     *
     * @param pooled access for reading and writing
     * @param direct access to the same database that bypasses connection pools, for signals between nodes
     * @param relay carries parcels between nodes; closed with the log
     */
    public static MessageLog postgresql(
            PostgresqlAccess pooled, PostgresqlAccess direct, LogLimits limits, ParcelRelay relay) {
        PostgresqlDatabase database = new PostgresqlDatabase(pooled);
        try {
            database.awaitStart();
        } catch (SQLException e) {
            ConnectionPools.deregisterDrivers();
            throw unusable("postgresql", e);
        }
        // The writer reads the feed while it has a transaction open.
        HikariDataSource pool = database.pool(limits.reads().threads() + 2);
        Links links = Links.direct(direct, relay, limits.cluster());
        return log("postgresql", new PostgresqlSql(), pool, pool, limits, Logs::unknown, links, () -> {
            pool.close();
            ConnectionPools.deregisterDrivers();
        });
    }

    /**
     * Lets a log take the messages of an outbox in another database, each at least once, and once while its key is
     * remembered. To be called before the log has its listener.
     *
     * @param log created by this class
     * @param database remains the caller's; its connections must be in auto-commit mode
     */
    public static void relay(MessageLog log, DataSource database) {
        ((QueuedLog) log).relayFrom(database, () -> {});
    }

    /** As {@link #relay(MessageLog, DataSource)}, with a pool of its own; the driver must be in the class path. */
    public static void relay(MessageLog log, String url, String user, String password) {
        HikariDataSource pool = url.startsWith("jdbc:postgresql:")
                ? new PostgresqlDatabase(new PostgresqlAccess(url, user, password)).pool(1)
                : otherDatabase(url, user, password);
        ((QueuedLog) log).relayFrom(pool, () -> {
            pool.close();
            ConnectionPools.deregisterDrivers();
        });
    }

    /**
     * The state of a webhook in a log; empty if its messages are in memory only.
     *
     * @param log created by this class
     */
    public static Optional<WebhookStore> webhooks(MessageLog log) {
        return ((QueuedLog) log).webhooks();
    }

    private static HikariDataSource otherDatabase(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(new DriverDataSource(url, null, new Properties(), user, password));
        return ConnectionPools.create(config, 1);
    }

    private static MessageLog log(
            String database,
            Sql sql,
            DataSource writer,
            DataSource readers,
            LogLimits limits,
            LongSupplier free,
            Links links,
            Runnable release) {
        try {
            Migrations.run(database, writer);
            return new QueuedLog(
                    new JdbcStorage(
                            sql,
                            writer,
                            readers,
                            free,
                            links.wakeup(),
                            release,
                            limits.reads().bytes(),
                            Logs::newEpoch),
                    limits,
                    links.backbone(),
                    links.claims(),
                    Optional.of(new WebhookTables(sql, writer, readers, database.equals("postgresql"))));
        } catch (FlywayException | SQLException e) {
            release.run();
            throw unusable(database, e);
        }
    }

    /** The free space of a disk that is not local. */
    private static long unknown() {
        return Long.MAX_VALUE;
    }

    private static IllegalStateException unusable(String database, Exception cause) {
        return new IllegalStateException("Cannot open the log in " + database + ": " + cause.getMessage(), cause);
    }

    /** A short id, since every serialized position contains it. */
    private static String newEpoch() {
        return Long.toString(new SecureRandom().nextLong() >>> 1, 36);
    }
}
