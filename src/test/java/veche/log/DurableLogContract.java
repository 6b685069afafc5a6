package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Extent;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Appended;
import veche.room.ModerationAction;

/** Requirements on a log that is durable, beyond {@link MessageLogContract}. */
abstract class DurableLogContract extends RevisionContract {
    /** @param connect connects to the database of {@code open}, which no other test uses */
    void assertAFileSurvivesTheMigration(Callable<MessageLog> open, Callable<Connection> connect) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        Message appended;
        try (MessageLog log = open.call()) {
            log.listen(new RecordingListener());
            Draft file = new Draft(ANNA, Kind.FILE, "a.bin", bytes, null, "k", Audience.EVERYONE);
            appended = get(log.append(room, file)).message();
        }
        try (Connection connection = connect.call();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE veche_message DROP COLUMN name");
            statement.execute("ALTER TABLE veche_revision DROP COLUMN name");
            undoLaterMigrations(statement);
            statement.execute("DELETE FROM veche_schema_history WHERE version = '4'");
        }
        try (MessageLog log = open.call()) {
            log.listen(new RecordingListener());
            assertEquals(appended, get(log.find(room, appended.id())).orElseThrow());
            assertNull(appended.name());
            Draft named = new Draft(ANNA, Kind.FILE, "caption", "b.bin", bytes, null, null, Audience.EVERYONE);
            Message next = get(log.append(room, named)).message();
            assertEquals(next, get(log.find(room, next.id())).orElseThrow());
            ModerationAction ban = get(log.stateStore().sanctions()).get(0);
            assertEquals("user:eve", ban.author());
            assertEquals(new ModerationAction.Moderator(BORIS, 0, ""), ban.moderator());
            assertNull(ban.address());
        }
    }

    /** Restores the tables after V4, with one ban; each later migration is undone here. */
    static void undoLaterMigrations(Statement statement) throws SQLException {
        for (String column : List.of("moderator_rank", "moderator_address", "address", "interval_s")) {
            statement.execute("ALTER TABLE veche_ruling DROP COLUMN " + column);
        }
        statement.execute("DELETE FROM veche_schema_history WHERE version IN ('5', '6')");
        statement.execute("DROP TABLE veche_revocation");
        statement.execute("DROP TABLE veche_rank");
        statement.execute("DROP TABLE veche_sanction");
        statement.execute("CREATE TABLE veche_sanction (author_id TEXT NOT NULL, room TEXT NOT NULL,"
                + " action TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (author_id, room, action))");
        statement.execute("INSERT INTO veche_ruling (number, at_ms, moderator_id, moderator_name, action, author_id,"
                + " room, reason) VALUES (1, 0, '" + BORIS.id() + "', '" + BORIS.name()
                + "', 'ban', 'user:eve', '', '')");
        statement.execute("INSERT INTO veche_sanction VALUES ('user:eve', '', 'ban', 1)");
    }

    @Test
    void everythingSurvivesARestart() throws Exception {
        MessageLog before = open();
        Message first = get(before.append(room, keyed(ANNA, "one", "k"))).message();
        append(before, 10);
        Extent extent = get(before.open(room));
        before.close();

        MessageLog after = open();
        assertEquals(extent, get(after.open(room)));
        assertEquals(first, get(after.find(room, first.id())).orElseThrow());
        Appended again = get(after.append(room, keyed(ANNA, "one", "k")));
        assertTrue(again.repeated());
        assertEquals(first, again.message());
        assertEquals(
                12,
                get(after.append(room, Draft.text(ANNA, "next")))
                        .message()
                        .position()
                        .number());
        assertEquals(upTo(12), positions(get(after.after(room, 0, 100))));
    }
}
