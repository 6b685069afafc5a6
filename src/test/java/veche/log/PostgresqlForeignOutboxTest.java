package veche.log;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import veche.api.Outbox;
import veche.api.OutboxMessage;
import veche.room.Message;
import veche.room.MessageLog;

/** By the script that also creates the outbox of a log in PostgreSQL. */
class PostgresqlForeignOutboxTest extends ForeignOutboxContract {
    private static final String DATABASE = "foreign_outbox";
    private static final String URL = Postgres.server().getJdbcUrl("postgres", DATABASE);

    private static void onServer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(Postgres.url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(URL);
    }

    @Override
    void createTable() throws Exception {
        onServer("CREATE DATABASE " + DATABASE);
        execute(Files.readString(Path.of("src/main/resources/db/postgresql/V15__outbox.sql")));
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        closeLogs();
        onServer("DROP DATABASE " + DATABASE + " WITH (FORCE)");
    }

    @Test
    void theOrderIsThatOfTheCommits() throws Exception {
        MessageLog log = open();
        OutboxMessage.From shop = OutboxMessage.to(room.value()).from("server:shop", "Shop");
        try (Connection first = connect();
                Connection second = connect()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            Outbox.on(first).publish(shop.text("inserted first"));
            Outbox.on(second).publish(shop.text("committed first"));
            second.commit();
            first.commit();
        }
        await().until(() -> get(log.after(room, 0, 10)).stream()
                .map(Message::text)
                .toList()
                .equals(List.of("committed first", "inserted first")));
    }
}
