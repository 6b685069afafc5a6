package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import veche.api.Outbox;
import veche.api.OutboxMessage;
import veche.room.Message;
import veche.room.MessageLog;

/** By the script for databases other than PostgreSQL. */
class H2ForeignOutboxTest extends ForeignOutboxContract {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private Connection first;

    @BeforeEach
    void keepDatabase() throws SQLException {
        first = connect();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        first.close();
    }

    @Override
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url);
    }

    @Override
    void createTable() throws Exception {
        try (Connection connection = DriverManager.getConnection(url + ";DB_CLOSE_DELAY=-1")) {
            connection
                    .createStatement()
                    .execute(Files.readString(Path.of("src/main/resources/db/outbox/standard.sql")));
        }
    }

    @Test
    void aUrlSuffices() throws Exception {
        MessageLog log = Logs.memory(LogLimits.DEFAULT);
        Logs.relay(log, url, "", "");
        log.listen(listener);
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            Outbox.on(connection)
                    .publish(OutboxMessage.to(room.value())
                            .from("server:shop", "Shop")
                            .text("by URL"));
            connection.commit();
        }
        await().until(() -> !listener.messages(room).isEmpty());
        assertEquals(
                List.of("by URL"),
                listener.messages(room).stream().map(Message::text).toList());
        log.close();
    }
}
