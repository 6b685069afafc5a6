package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import veche.room.Draft;
import veche.room.MessageLog;

/** A node of this version beside nodes of a later one, whose database it shares during a rolling update. */
class LaterVersionTest extends LogFixture {
    private static String url;

    @BeforeAll
    static void update() throws SQLException {
        execute(Postgres.url(), "CREATE DATABASE later");
        url = Postgres.server().getJdbcUrl("postgres", "later");
        Logs.postgresql(url, "postgres", "", LogLimits.DEFAULT).close();
        execute(
                url,
                "INSERT INTO veche_schema_history (installed_rank, version, description, type, script, checksum,"
                        + " installed_by, execution_time, success) VALUES"
                        + " (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, 'postgres', 1, true)",
                "ALTER TABLE veche_message ADD COLUMN later TEXT",
                "ALTER TABLE veche_node ADD COLUMN later TEXT");
    }

    private static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.postgresql(url, "postgres", "", limits);
    }

    @Test
    void entriesOfTheFeedThatOnlyALaterVersionKnowsAreSkipped() throws Exception {
        MessageLog own = open();
        get(own.open(room));
        execute(
                url,
                "INSERT INTO veche_feed (number, kind, rooms, firsts, lasts, weight)"
                        + " VALUES (nextval('veche_feed_number'), 'LATER', '{}', '{}', '{}', 0)");
        try (MessageLog other = log(LogLimits.DEFAULT)) {
            other.listen(new RecordingListener());
            get(other.append(room, Draft.text(BORIS, "after it")));
            await().until(() -> listener.positions(room).equals(upTo(1)));
        }
        get(own.append(room, Draft.text(ANNA, "own")));
        assertEquals(upTo(2), listener.positions(room));
    }
}
