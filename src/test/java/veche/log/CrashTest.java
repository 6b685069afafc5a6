package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.RoomName;

class CrashTest {
    private static final int LINES_BEFORE_KILL = 10_000;

    @TempDir
    Path directory;

    private record Place(RoomName room, long position) {}

    @Test
    void sqliteKeepsEveryAcknowledgedMessageAfterAKill() throws Exception {
        Map<Place, UUID> acknowledged = killUnderLoad(directory.toString());
        try (MessageLog log = Logs.sqlite(directory, AppendingMain.KEEPING_ALL)) {
            verify(log, acknowledged);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("veche.db"));
                ResultSet rows = connection.createStatement().executeQuery("PRAGMA integrity_check")) {
            assertEquals("ok", rows.getString(1));
        }
    }

    @Test
    void postgresqlKeepsEveryAcknowledgedMessageAfterAKill() throws Exception {
        Map<Place, UUID> acknowledged = killUnderLoad(Postgres.url());
        try (MessageLog log = Logs.postgresql(Postgres.url(), "postgres", "", AppendingMain.KEEPING_ALL)) {
            verify(log, acknowledged);
        }
    }

    /** The acknowledged messages that the child had printed when it was killed. */
    private static Map<Place, UUID> killUnderLoad(String database) throws Exception {
        Map<Place, UUID> acknowledged = new HashMap<>();
        try (ChildJvm child = ChildJvm.start(AppendingMain.class, database)) {
            List<String> lines = new ArrayList<>();
            String line;
            while ((line = child.readLine()) != null) {
                lines.add(line);
                if (lines.size() == LINES_BEFORE_KILL) {
                    child.kill();
                }
            }
            assertTrue(lines.size() >= LINES_BEFORE_KILL, () -> "The child ended early: " + lines);
            // The last line may be cut short.
            for (String whole : lines.subList(0, lines.size() - 1)) {
                String[] parts = whole.split(" ");
                acknowledged.put(
                        new Place(new RoomName(parts[0]), Long.parseLong(parts[1])), UUID.fromString(parts[2]));
            }
        }
        return acknowledged;
    }

    private static void verify(MessageLog log, Map<Place, UUID> acknowledged) throws Exception {
        log.listen(new RecordingListener());
        Map<Place, UUID> kept = new HashMap<>();
        for (RoomName room : AppendingMain.ROOMS) {
            long next = 1;
            List<Message> page = LogFixture.get(log.after(room, 0, 1_000));
            while (!page.isEmpty()) {
                for (Message message : page) {
                    assertEquals(next++, message.position().number(), () -> "gap in " + room);
                    kept.put(new Place(room, message.position().number()), message.id());
                }
                page = LogFixture.get(log.after(room, next - 1, 1_000));
            }
            assertEquals(next - 1, LogFixture.get(log.open(room)).last());
            Draft draft = Draft.text(LogFixture.ANNA, "after the crash");
            assertEquals(
                    next,
                    LogFixture.get(log.append(room, draft)).message().position().number());
        }
        acknowledged.forEach((place, id) -> assertEquals(id, kept.get(place), place::toString));
    }
}
