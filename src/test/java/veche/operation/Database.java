package veche.operation;

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

/** A PostgreSQL server that is set up by {@code server-config/postgres} alone. */
final class Database implements AutoCloseable {
    static final String PASSWORD = "of-this-test";
    private static final Path SCRIPTS = Path.of("server-config", "postgres");

    private final EmbeddedPostgres server;

    Database() throws IOException, SQLException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_prepared_transactions", "20")
                .start();
        run("postgres", SCRIPTS.resolve("1-role-and-database.sql"));
        run("veche", SCRIPTS.resolve("2-grants.sql"));
    }

    private void run(String database, Path script) throws IOException, SQLException {
        String commands = Files.readString(script).replaceAll("(?m)^--.*$", "").replace("change-me", PASSWORD);
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", database));
                Statement statement = connection.createStatement()) {
            for (String command : commands.split(";")) {
                if (!command.isBlank()) {
                    statement.execute(command);
                }
            }
        }
    }

    int port() {
        return server.getPort();
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/veche";
    }

    /** Creates a database of an application; returns its URL. */
    String create(String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " OWNER veche");
        }
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** The number of stored messages with that text. */
    int messages(String text) throws SQLException {
        return count("SELECT count(*) FROM veche_message WHERE text = ?", text);
    }

    /** Executes a statement as Veche's role, as an application does. */
    void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "veche", PASSWORD);
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    /** The number of nodes that are about to end. */
    int drainingNodes() throws SQLException {
        return count("SELECT count(*) FROM veche_node WHERE state = ?", "draining");
    }

    private int count(String select, String parameter) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "veche", PASSWORD);
                PreparedStatement query = connection.prepareStatement(select)) {
            query.setString(1, parameter);
            try (ResultSet result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
