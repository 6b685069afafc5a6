package veche;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.PostgresqlAccess;
import veche.room.MessageLog;

/**
 * Settings of the message log.
 *
 * @param kind {@code veche.log}: {@code sqlite}, {@code postgresql}, {@code memory}, or {@code auto}: PostgreSQL if the
 *     server has the data source or a URL is set, otherwise SQLite
 * @param dataSource {@code veche.log.data-source}: the JNDI name of the container's data source
 * @param url {@code veche.log.url}: a JDBC URL, used if the container has no data source; empty for none
 * @param listenUrl {@code veche.cluster.listen-url}: a JDBC URL of the same database that bypasses connection pools,
 *     for signals between nodes; empty for {@code veche.log.url}
 * @param user {@code veche.log.user}
 * @param password {@code veche.log.password}
 * @param data {@code veche.data}: the directory of the SQLite file
 * @param redis used with PostgreSQL only
 * @param outbox an outbox in another database
 * @param limits {@code veche.log.retention}, {@code veche.retention}, {@code veche.log.retention-messages},
 *     {@code veche.log.key-memory}, {@code veche.log.max-pending-messages}, {@code veche.log.max-pending-bytes},
 *     {@code veche.log.max-disk-bytes}, {@code veche.log.min-free-bytes},
 *     {@code veche.cluster.*}, {@code veche.outbox.*}
 */
record LogSettings(
        String kind,
        String dataSource,
        String url,
        String listenUrl,
        String user,
        String password,
        Path data,
        RedisSettings redis,
        OutboxSettings outbox,
        LogLimits limits) {
    private static final System.Logger LOG = System.getLogger(LogSettings.class.getName());

    static LogSettings from(ConfigReader source) {
        LogLimits.Writes writes = LogLimits.Writes.DEFAULT;
        LogLimits.Retention retention = LogLimits.Retention.DEFAULT;
        String kind = source.get("veche.log", "auto", Function.identity());
        LogLimits limits = new LogLimits(
                new LogLimits.Writes(
                        source.number("veche.log.max-pending-messages", writes.pendingMessages()),
                        source.get("veche.log.max-pending-bytes", writes.pendingBytes(), Long::parseLong),
                        writes.batchMessages(),
                        writes.batchBytes(),
                        source.duration("veche.log.key-memory", writes.keyMemory())),
                LogLimits.Reads.DEFAULT,
                new LogLimits.Retention(
                        source.duration("veche.log.retention", retention.age()),
                        source.get("veche.log.retention-messages", retention.messages(), Long::parseLong),
                        source.duration("veche.log.revisions", retention.revisions()),
                        retention.interval(),
                        source.get("veche.retention", List.of(), LogSettings::ages)),
                new LogLimits.Disk(
                        source.get(
                                "veche.log.max-disk-bytes",
                                maxBytes(kind),
                                text -> new LogLimits.Disk(Long.parseLong(text), 0).maxBytes()),
                        source.get(
                                "veche.log.min-free-bytes",
                                LogLimits.Disk.DEFAULT.minFreeBytes(),
                                text -> new LogLimits.Disk(0, Long.parseLong(text)).minFreeBytes())),
                cluster(source),
                outbox(source));
        return new LogSettings(
                kind,
                source.get("veche.log.data-source", "java:comp/env/jdbc/veche", Function.identity()),
                source.get("veche.log.url", "", Function.identity()),
                source.get("veche.cluster.listen-url", "", Function.identity()),
                source.get("veche.log.user", "", Function.identity()),
                source.get("veche.log.password", "", Function.identity()),
                source.get("veche.data", dataDirectory(), Path::of),
                RedisSettings.from(source),
                OutboxSettings.from(source),
                limits);
    }

    private static LogLimits.Outbox outbox(ConfigReader source) {
        LogLimits.Outbox standard = LogLimits.Outbox.DEFAULT;
        return new LogLimits.Outbox(
                source.duration("veche.outbox.poll", standard.poll()),
                source.number("veche.outbox.max-bytes", standard.maxBytes()));
    }

    private static LogLimits.Cluster cluster(ConfigReader source) {
        LogLimits.Cluster standard = LogLimits.Cluster.DEFAULT;
        return new LogLimits.Cluster(
                source.get("veche.cluster.node", standard.node(), Function.identity()),
                source.duration("veche.cluster.poll", standard.poll()),
                source.duration("veche.cluster.poll-with-signals", standard.pollWithSignals()),
                source.duration("veche.cluster.feed-memory", standard.memory()));
    }

    /** The heap has a bound in any case, unlike the disk. */
    private static long maxBytes(String kind) {
        return kind.equals("memory") ? Runtime.getRuntime().maxMemory() / 4 : LogLimits.Disk.DEFAULT.maxBytes();
    }

    /** Parses {@code class-*=90d, *=0}: patterns of rooms with maximum ages. */
    private static List<LogLimits.Retention.RoomAge> ages(String text) {
        return ConfigReader.split(text).stream()
                .map(rule -> {
                    String[] parts = rule.split("=", 2);
                    if (parts.length < 2) {
                        throw new IllegalArgumentException("Not a pattern and an age such as class-*=90d: " + rule);
                    }
                    String age = parts[1].trim();
                    return new LogLimits.Retention.RoomAge(
                            parts[0].trim(), age.equals("0") ? Duration.ZERO : ConfigReader.duration(age));
                })
                .toList();
    }

    /** The server's directory for data if it has a persistent one, otherwise {@code ./data}. */
    private static Path dataDirectory() {
        String wildfly = System.getProperty("jboss.server.data.dir");
        String tomcat = System.getProperty("catalina.base");
        boolean payara = System.getProperty("com.sun.aas.instanceRoot") != null;
        if (wildfly != null) {
            return Path.of(wildfly, "veche");
        }
        return tomcat != null && !payara ? Path.of(tomcat, "data", "veche") : Path.of("data");
    }

    /** Opens the log; blocks until it is usable. */
    MessageLog open() {
        MessageLog log = openLog();
        if (redis.isConfigured() && log.backbone().status().relay().isEmpty()) {
            LOG.log(Level.WARNING, "veche.cluster.redis has no effect without a log in PostgreSQL");
        }
        outbox.connect(log);
        return log;
    }

    private MessageLog openLog() {
        return switch (kind) {
            case "memory" -> Logs.memory(limits);
            case "sqlite" -> sqlite();
            case "postgresql" ->
                postgresql()
                        .orElseThrow(() -> new IllegalStateException(
                                "veche.log=postgresql requires the data source " + dataSource + " or veche.log.url"));
            case "auto" -> postgresql().orElseGet(this::sqlite);
            default -> throw new IllegalStateException("veche.log=" + kind + " is not a kind of log");
        };
    }

    private MessageLog sqlite() {
        LOG.log(Level.INFO, "log=sqlite directory={0}", data.toAbsolutePath());
        return Logs.sqlite(data, limits);
    }

    private Optional<MessageLog> postgresql() {
        Optional<DataSource> found = NamedDataSource.find(dataSource);
        if (found.isPresent()) {
            LOG.log(Level.INFO, "log=postgresql data-source={0}", dataSource);
            Optional<PostgresqlAccess> direct =
                    Optional.of(listenUrl).filter(listen -> !listen.isEmpty()).map(this::access);
            return Optional.of(Logs.postgresql(found.get(), limits, direct, redis.relay()));
        }
        if (url.isEmpty()) {
            return Optional.empty();
        }
        LOG.log(Level.INFO, "log=postgresql url={0}", access(url));
        PostgresqlAccess direct = access(listenUrl.isEmpty() ? url : listenUrl);
        return Optional.of(Logs.postgresql(access(url), direct, limits, redis.relay()));
    }

    private PostgresqlAccess access(String to) {
        return new PostgresqlAccess(to, user, password);
    }
}
