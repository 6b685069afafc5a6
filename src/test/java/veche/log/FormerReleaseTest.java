package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.RoomName;

/** A database of the last release, as {@code VERSIONING.md} promises: opened, read and continued. */
class FormerReleaseTest extends LogFixture {
    private static final Path DUMP = Path.of("src/test/resources/databases/sqlite-0.1.0.sql");

    @TempDir
    Path directory;

    private Connection connect() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("veche.db") + "?busy_timeout=10000");
    }

    @BeforeEach
    void restore() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(Files.readString(DUMP));
        }
    }

    @Override
    MessageLog log(LogLimits limits) {
        return Logs.sqlite(directory, limits);
    }

    @Test
    void messagesOfTheReleaseAreReadAndContinued() throws Exception {
        MessageLog log = open(keeping(Duration.ZERO, 0));
        RoomName lobby = RoomName.LOBBY;
        assertEquals(new MessageLog.Extent("of-0-1-0", 1, 4), get(log.open(lobby)));
        List<Message> messages = get(log.after(lobby, 0, 10));
        assertEquals(
                List.of(Kind.TEXT, Kind.FILE, Kind.EDIT, Kind.TEXT),
                messages.stream().map(Message::kind).toList());
        assertEquals("Hello, all", messages.get(0).text());
        assertEquals(
                List.of("bill.pdf", 3),
                List.of(messages.get(1).name(), messages.get(1).data().remaining()));
        assertEquals(
                "Hello", get(log.revisions(lobby, messages.get(0).id())).get(0).text());
        assertEquals(
                5,
                get(log.append(lobby, Draft.text(ANNA, "of this version")))
                        .message()
                        .position()
                        .number());
    }

    @Test
    void bansOfTheReleaseApply() throws Exception {
        MessageLog log = open();
        assertTrue(get(log.stateStore().sanctions()).stream()
                .anyMatch(action -> action.author().equals("user:mallory")));
    }

    @Test
    void theOutboxIsAdded() throws Exception {
        MessageLog log = open();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO veche_outbox (room, author_id, author_name, text)"
                    + " VALUES ('lobby', 'server:shop', 'Shop', 'Order 7')");
        }
        await().until(() -> get(log.after(RoomName.LOBBY, 4, 10)).stream()
                .map(Message::text)
                .toList()
                .equals(List.of("Order 7")));
    }
}
