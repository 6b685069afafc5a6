package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.room.RefusedException.Reason.LOG_UNAVAILABLE;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;

class SqliteLogTest extends DurableLogContract {
    @TempDir
    Path directory;

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.sqlite(directory.resolve("data"), limits);
    }

    private String url() {
        return "jdbc:sqlite:" + directory.resolve("data").resolve("veche.db");
    }

    @Test
    void aFileOfThePreviousVersionHasItsTextAndNoName() throws Exception {
        assertAFileSurvivesTheMigration(() -> log(LogLimits.DEFAULT), () -> DriverManager.getConnection(url()));
    }

    @Test
    void aDiskWithLittleFreeSpaceRefusesMessages() throws Exception {
        MessageLog log = open(space(0, Long.MAX_VALUE));
        await().until(() -> log.space().full());
        assertEquals(LOG_UNAVAILABLE, refusal(log.append(room, Draft.text(ANNA, "x"))));
        assertEquals(List.of(), get(log.rooms()));
    }

    @Test
    void messagesEditedOrDeletedBeforeTheMigrationAreNeverReturned() throws Exception {
        Message edited;
        Message deleted;
        try (MessageLog log = log(LogLimits.DEFAULT)) {
            log.listen(listener);
            edited = get(log.append(room, Draft.text(ANNA, "first"))).message();
            deleted = get(log.append(room, Draft.text(ANNA, "secret"))).message();
            get(log.append(room, new Draft(ANNA, Kind.EDIT, "third", null, edited.id(), null, Audience.EVERYONE)));
            get(log.append(room, new Draft(ANNA, Kind.DELETE, null, null, deleted.id(), null, Audience.EVERYONE)));
        }
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            // The state that the previous version leaves.
            statement.execute("UPDATE veche_message SET text = 'first' WHERE position = 1");
            statement.execute("UPDATE veche_message SET text = 'secret', weight = 268 WHERE position = 2");
            statement.execute("DROP TABLE veche_revision");
            statement.execute("DROP INDEX veche_message_target");
            statement.execute("ALTER TABLE veche_message DROP COLUMN name");
            undoLaterMigrations(statement);
            statement.execute("DELETE FROM veche_schema_history WHERE version IN ('3', '4')");
        }
        MessageLog log = open();
        assertEquals("third", get(log.find(room, edited.id())).orElseThrow().text());
        assertTrue(get(log.find(room, deleted.id())).orElseThrow().isDeleted());
        assertEquals("first", get(log.revisions(room, edited.id())).get(0).text());
        assertEquals("secret", get(log.revisions(room, deleted.id())).get(0).text());
    }
}
