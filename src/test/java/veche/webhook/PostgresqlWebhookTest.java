package veche.webhook;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import veche.log.LogLimits;
import veche.log.Logs;
import veche.log.Postgres;
import veche.room.MessageLog;
import veche.room.RoomName;

class PostgresqlWebhookTest extends WebhookContract {
    private static final String URL = Postgres.server().getJdbcUrl("postgres", "webhook");

    /** Of its own, since each test selects other rooms. */
    @BeforeAll
    static void createDatabase() throws SQLException {
        try (Connection connection = DriverManager.getConnection(Postgres.url());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE webhook");
        }
    }

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(URL, "postgres", "", limits);
    }

    @Test
    void ofTwoNodesOneSendsAndTheOtherTakesOver() {
        MessageLog first = open();
        MessageLog second = open();
        Webhook sender = start(first, 5, 10);
        RoomName begin = new RoomName(prefix + "-first");
        await().until(() -> {
            append(first, begin, "begun");
            return !site.accepted.isEmpty();
        });
        start(second, 5, 10);
        append(first, room, 0, 20);
        append(second, room, 20, 40);
        await().until(() -> textsOf(room).size() >= 40);
        sender.close();
        append(first, room, 40, 60);
        await().until(() -> textsOf(room).size() >= 60);
        assertEquals(numbers(60), textsOf(room));
    }
}
