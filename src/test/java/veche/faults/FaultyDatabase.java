package veche.faults;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A PostgreSQL server that can be suspended, killed and started again. One thread uses it. */
final class FaultyDatabase implements AutoCloseable {
    static final String USER = "veche";
    static final String PASSWORD = "of-the-faults";
    /** The size of the files of its write-ahead log. */
    static final long SEGMENT_BYTES = 1 << 20;

    private static final Duration START = Duration.ofMinutes(1);
    private static final Path OUTPUT = Path.of("target", "faults", "postgresql.log");

    private final EmbeddedPostgres server;
    private final List<String> command;
    private final Path directory;
    private ProcessHandle postmaster;

    FaultyDatabase() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                // This passes any option to initdb; in small segments, a table grows beyond a segment in little time.
                .setLocaleConfig("wal-segsize", Long.toString(SEGMENT_BYTES >> 20))
                .setServerConfig("max_wal_size", "1GB")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                // Its lock file would remain when the server is killed.
                .setServerConfig("unix_socket_directories", "")
                .start();
        postmaster = findPostmaster();
        directory = Files.readSymbolicLink(processFile("cwd"));
        command = startCommand();
        for (String name : List.of("1-role-and-database.sql", "2-grants.sql")) {
            run(name.startsWith("1") ? "postgres" : "veche", Path.of("server-config", "postgres", name));
        }
    }

    private void run(String database, Path script) throws IOException, SQLException {
        String commands = Files.readString(script).replaceAll("(?m)^--.*$", "").replace("change-me", PASSWORD);
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", database));
                Statement statement = connection.createStatement()) {
            for (String each : commands.split(";")) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }

    private ProcessHandle findPostmaster() throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
        }
    }

    private Path processFile(String name) {
        return Path.of("/proc", Long.toString(postmaster.pid()), name);
    }

    /** The command of the running server, and what makes it an ordinary user where the tests run as root. */
    private List<String> startCommand() throws IOException {
        List<String> started = new ArrayList<>();
        boolean apart = !Files.readSymbolicLink(processFile("ns/user"))
                .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
        if (apart) {
            started.addAll(List.of("unshare", "-U"));
        }
        started.addAll(List.of(Files.readString(processFile("cmdline")).split("\0")));
        return started;
    }

    int port() {
        return server.getPort();
    }

    Connection connect() throws SQLException {
        return connect(port());
    }

    /** @param through the port of a link to it */
    static Connection connect(int through) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + through + "/veche?connectTimeout=5&socketTimeout=20", USER, PASSWORD);
    }

    private List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    void suspend() {
        ProcessSignal.STOP.send(processes());
    }

    void resume() {
        ProcessSignal.CONT.send(processes());
    }

    /** Kills all its processes at once. Where nobody awaits their end, their lock would appear to be held. */
    void kill() throws IOException {
        List<ProcessHandle> all = processes();
        ProcessSignal.KILL.send(all);
        await("PostgreSQL ends").atMost(START).until(() -> all.stream().noneMatch(FaultyDatabase::runs));
        Files.deleteIfExists(directory.resolve("postmaster.pid"));
    }

    /** A process that nobody awaits remains as an entry without a command. */
    private static boolean runs(ProcessHandle process) {
        try {
            return Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline")).length > 0;
        } catch (IOException ended) {
            return false;
        }
    }

    /** Sets the size beyond which its files cannot grow; it may end if that concerns its write-ahead log. */
    void limitFiles(long bytes) {
        limit(ProcessLimit.ofFiles(bytes));
    }

    /** Lets its files grow again, and starts it if it has ended. */
    void liftLimit() {
        limit(ProcessLimit.NONE);
        await("PostgreSQL accepts connections").atMost(START).ignoreExceptions().until(() -> {
            if (!runs(postmaster)) {
                launch();
            }
            connect().close();
            return true;
        });
    }

    /** The postmaster first, from which new processes have it. */
    private void limit(ProcessLimit limit) {
        limit.set(List.of(postmaster));
        limit.set(postmaster.descendants().toList());
    }

    /** Starts it again; it recovers from its write-ahead log. */
    void start() throws IOException {
        launch();
        awaitReady();
    }

    private void launch() throws IOException {
        postmaster = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(OUTPUT.toFile()))
                .start()
                .toHandle();
    }

    void awaitReady() {
        await("PostgreSQL accepts connections").atMost(START).ignoreExceptions().until(() -> {
            connect().close();
            return true;
        });
    }

    void execute(String commands) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(commands);
        }
    }

    /** The last positions of the rooms whose names have a prefix. */
    Map<String, Long> ends(String prefix) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT name, last_position FROM veche_room WHERE starts_with(name, ?)")) {
            query.setString(1, prefix);
            Map<String, Long> ends = new HashMap<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ends.put(row.getString(1), row.getLong(2));
                }
            }
            return ends;
        }
    }

    /** The texts in the outbox for rooms whose names have a prefix, those refused among them. */
    List<String> outbox(String prefix) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT text FROM veche_outbox WHERE starts_with(room, ?) ORDER BY id")) {
            query.setString(1, prefix);
            List<String> texts = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
            return texts;
        }
    }

    /** The messages of the rooms whose names have a prefix. */
    FinalLog log(String prefix) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement query =
                        connection.prepareStatement("SELECT r.name, m.position, m.id, m.author_id, m.text"
                                + " FROM veche_message m JOIN veche_room r ON r.id = m.room"
                                + " WHERE starts_with(r.name, ?) ORDER BY r.name, m.position")) {
            query.setString(1, prefix);
            List<FinalLog.Row> rows = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(new FinalLog.Row(
                            row.getString(1),
                            row.getLong(2),
                            row.getObject(3, UUID.class),
                            row.getString(4),
                            row.getString(5)));
                }
            }
            return new FinalLog(rows);
        }
    }

    @Override
    public void close() throws IOException {
        resume();
        server.close();
    }
}
