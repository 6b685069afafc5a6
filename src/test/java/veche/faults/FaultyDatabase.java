package veche.faults;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The database of the nodes, with or without a standby. One thread uses it. */
final class FaultyDatabase implements AutoCloseable {
    static final String USER = "veche";
    static final String PASSWORD = "of-the-faults";
    /** The size of the files of its write-ahead log. */
    static final long SEGMENT_BYTES = 1 << 20;

    private final EmbeddedPostgres embedded;
    private DatabaseServer primary;
    private Optional<DatabaseServer> standby = Optional.empty();

    FaultyDatabase() throws IOException, SQLException {
        embedded = EmbeddedPostgres.builder()
                // This passes any option to initdb; in small segments, a table grows beyond a segment in little time.
                .setLocaleConfig("wal-segsize", Long.toString(SEGMENT_BYTES >> 20))
                .setServerConfig("max_wal_size", "1GB")
                // For a standby that is made, or interrupted.
                .setServerConfig("wal_keep_size", "512MB")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                // Its lock file would remain when the server is killed.
                .setServerConfig("unix_socket_directories", "")
                .start();
        primary = DatabaseServer.running(embedded.getPort());
        for (String name : List.of("1-role-and-database.sql", "2-grants.sql")) {
            run(name.startsWith("1") ? "postgres" : "veche", Path.of("server-config", "postgres", name));
        }
    }

    private void run(String database, Path script) throws IOException, SQLException {
        String commands = Files.readString(script).replaceAll("(?m)^--.*$", "").replace("change-me", PASSWORD);
        try (Connection connection = primary.superuser(database);
                Statement statement = connection.createStatement()) {
            for (String each : commands.split(";")) {
                if (!each.isBlank()) {
                    statement.execute(each);
                }
            }
        }
    }

    /** The port of the primary. */
    int port() {
        return primary.port();
    }

    Connection connect() throws SQLException {
        return connect(port());
    }

    /** @param through the port of a link to it */
    static Connection connect(int through) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + through + "/veche?connectTimeout=5&socketTimeout=20", USER, PASSWORD);
    }

    void suspend() {
        primary.suspend();
    }

    void resume() {
        primary.resume();
    }

    void kill() throws IOException {
        primary.kill();
    }

    /** Starts it again; it recovers from its write-ahead log. */
    void start() throws IOException {
        primary.launch();
        primary.awaitReady();
    }

    void awaitReady() {
        primary.awaitReady();
    }

    /** Sets the size beyond which its files cannot grow; it may end if that concerns its write-ahead log. */
    void limitFiles(long bytes) {
        primary.limit(ProcessLimit.ofFiles(bytes));
    }

    /** Lets its files grow again, and starts it if it has ended. */
    void liftLimit() {
        primary.limit(ProcessLimit.NONE);
        primary.awaitReady();
    }

    /** Adds a standby that confirms each commit before it is acknowledged. */
    void addStandby() throws IOException, SQLException {
        standby = Optional.of(primary.standby());
        primary.awaitStandby();
    }

    boolean hasStandby() {
        return standby.isPresent();
    }

    /** Kills the primary and makes the standby the primary, with another port. */
    void failOver() throws IOException, SQLException {
        DatabaseServer former = primary;
        former.awaitStandby();
        former.kill();
        primary = standby.orElseThrow();
        standby = Optional.empty();
        primary.promote();
        if (former.port() != embedded.getPort()) {
            former.delete();
        }
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
        if (standby.isPresent()) {
            standby.get().delete();
        }
        if (primary.port() != embedded.getPort()) {
            primary.delete();
        }
        embedded.close();
    }
}
