package veche.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import veche.testing.FreePort;

/** The processes of one PostgreSQL server, which can be suspended, killed and started again. One thread uses it. */
final class DatabaseServer {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Path OUTPUT = Path.of("target", "faults", "postgresql.log");

    private final List<String> command;
    private final Path directory;
    private final int port;
    private ProcessHandle postmaster;

    private DatabaseServer(List<String> command, Path directory, int port, ProcessHandle postmaster) {
        this.command = command;
        this.directory = directory;
        this.port = port;
        this.postmaster = postmaster;
    }

    /** The server that listens on a port. */
    static DatabaseServer running(int port) throws IOException, SQLException {
        try (Connection connection = superuser(port, "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            ProcessHandle postmaster = ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
            Path process = Path.of("/proc", Long.toString(postmaster.pid()));
            Path directory = Files.readSymbolicLink(process.resolve("cwd"));
            return new DatabaseServer(startCommand(process), directory, port, postmaster);
        }
    }

    /** The command of a running server, and what makes it an ordinary user where the tests run as root. */
    private static List<String> startCommand(Path process) throws IOException {
        List<String> started = new ArrayList<>();
        boolean apart = !Files.readSymbolicLink(process.resolve("ns/user"))
                .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
        if (apart) {
            started.addAll(List.of("unshare", "-U"));
        }
        started.addAll(List.of(Files.readString(process.resolve("cmdline")).split("\0")));
        return started;
    }

    int port() {
        return port;
    }

    Connection superuser(String database) throws SQLException {
        return superuser(port, database);
    }

    private static Connection superuser(int port, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&connectTimeout=5");
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
        await("PostgreSQL ends").atMost(START).until(() -> all.stream().noneMatch(DatabaseServer::runs));
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

    /** The postmaster first, from which new processes have it. */
    void limit(ProcessLimit limit) {
        limit.set(List.of(postmaster));
        limit.set(postmaster.descendants().toList());
    }

    /** Starts its process, without waiting until it is ready. */
    void launch() throws IOException {
        postmaster = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(OUTPUT.toFile()))
                .start()
                .toHandle();
    }

    /** Waits until it accepts connections; starts it if it has ended. */
    void awaitReady() {
        await("PostgreSQL accepts connections").atMost(START).ignoreExceptions().until(() -> {
            if (!runs(postmaster)) {
                launch();
            }
            superuser("postgres").close();
            return true;
        });
    }

    /** A copy that follows this server and confirms each commit before it is acknowledged. */
    DatabaseServer standby() throws IOException, SQLException {
        int free = FreePort.next();
        Path copy = Files.createTempDirectory("veche-standby");
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_start_backup('standby', true, false)");
            copyTo(copy);
            try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_stop_backup(false, false)")) {
                row.next();
                Files.writeString(copy.resolve("backup_label"), row.getString(1));
            }
            Files.createFile(copy.resolve("standby.signal"));
            Files.writeString(
                    copy.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=127.0.0.1 port=" + port + " user=postgres application_name=standby'\n"
                            + "wal_retrieve_retry_interval = 200ms\n");
            DatabaseServer standby = new DatabaseServer(commandOf(copy, free), copy, free, postmaster);
            standby.launch();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> ProcessSignal.KILL.send(standby.processes())));
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'");
            statement.execute("SELECT pg_reload_conf()");
            return standby;
        }
    }

    /** A file that ends meanwhile is not missed, and the write-ahead log comes from this server. */
    private void copyTo(Path copy) throws IOException {
        String script = "cp -a \"$1/.\" \"$2\" 2>/dev/null; cd \"$2\" && chmod 700 . && rm -rf pg_wal/*"
                + " postmaster.pid postmaster.opts";
        try {
            new ProcessBuilder("sh", "-c", script, "sh", directory.toString(), copy.toString())
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> commandOf(Path copy, int free) {
        List<String> changed = new ArrayList<>(command);
        changed.set(changed.indexOf("-D") + 1, copy.toString());
        changed.set(changed.indexOf("-p") + 1, Integer.toString(free));
        return changed;
    }

    /** Waits until the standby has confirmed everything. */
    void awaitStandby() {
        await("The standby is synchronous").atMost(START).ignoreExceptions().until(() -> {
            try (Connection connection = superuser("postgres");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_replication"
                            + " WHERE sync_state = 'sync' AND state = 'streaming'")) {
                row.next();
                return row.getInt(1) == 1;
            }
        });
    }

    /** Makes a standby the primary. */
    void promote() throws SQLException {
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_promote(true, 60)");
        }
    }

    /** Kills a copy and deletes its files. */
    void delete() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
