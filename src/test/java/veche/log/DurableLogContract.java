package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.room.RefusedException.Reason.LOG_UNAVAILABLE;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Appended;
import veche.room.MessageLog.Extent;
import veche.room.ModerationAction;
import veche.room.RefusedException;
import veche.room.RoomName;

/** Requirements on a log that is durable, beyond {@link MessageLogContract}. */
abstract class DurableLogContract extends HoldContract {
    private static final Set<String> TABLES_OF_V4 = Set.of(
            "veche_schema_history",
            "veche_log",
            "veche_room",
            "veche_message",
            "veche_key",
            "veche_ruling",
            "veche_sanction",
            "veche_read",
            "veche_revision");

    private static Draft randomFile() {
        byte[] bytes = new byte[20_000];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Draft.file(ANNA, ByteBuffer.wrap(bytes));
    }

    static LogLimits space(long bytes, long free) {
        LogLimits limits = keeping(Duration.ZERO, 0);
        return new LogLimits(
                limits.writes(),
                limits.reads(),
                limits.retention(),
                new LogLimits.Disk(bytes, free),
                limits.cluster(),
                LogLimits.Outbox.DEFAULT);
    }

    static boolean accepts(MessageLog log, RoomName room) throws Exception {
        try {
            get(log.append(room, randomFile()));
            return true;
        } catch (ExecutionException refused) {
            assertEquals(LOG_UNAVAILABLE, ((RefusedException) refused.getCause()).reason());
            return false;
        }
    }

    @Test
    void aFullStorageRefusesMessagesButReadsDeletesErasesAndRecovers() throws Exception {
        long present;
        try (MessageLog log = log(space(0, 0))) {
            log.listen(new RecordingListener());
            await().until(() -> log.space().used() > 0);
            present = log.space().used();
        }
        MessageLog log = open(space(present + (1 << 20), 0));
        int stored = 0;
        // A refusal on the basis of an estimate ends with the next measurement.
        for (boolean accepted = true; stored < 300 && (accepted || !log.space().full()); stored += accepted ? 1 : 0) {
            accepted = accepts(log, room);
        }
        assertTrue(stored > 10 && stored < 200, stored + " files of 20,000 bytes in 1 MiB");
        List<Message> messages = get(log.before(room, Long.MAX_VALUE, 1));
        assertEquals(stored, messages.get(0).position().number());
        get(log.append(
                room, new Draft(ANNA, Kind.DELETE, null, null, messages.get(0).id(), null, Audience.EVERYONE)));
        get(log.erase(room, ANNA.id()));
        await().until(() -> accepts(log, room));
        assertFalse(log.space().full());
    }

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

    /** Restores the tables of V4, with one ban; later migrations may add tables, or columns that are removed here. */
    static void undoLaterMigrations(Statement statement) throws SQLException {
        for (String column : List.of("moderator_rank", "moderator_address", "address", "interval_s")) {
            statement.execute("ALTER TABLE veche_ruling DROP COLUMN " + column);
        }
        List<String> later = new ArrayList<>();
        try (ResultSet tables =
                statement.getConnection().getMetaData().getTables(null, null, "veche_%", new String[] {"TABLE"})) {
            while (tables.next()) {
                later.add(tables.getString("TABLE_NAME"));
            }
        }
        later.removeAll(TABLES_OF_V4);
        for (String table : later) {
            statement.execute("DROP TABLE " + table);
        }
        statement.execute("DELETE FROM veche_schema_history WHERE CAST(version AS INTEGER) > 4");
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
