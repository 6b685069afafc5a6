package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.log.LogFixture.ANNA;
import static veche.log.LogFixture.get;
import static veche.log.LogFixture.positions;
import static veche.log.LogFixture.upTo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.RefusedException;
import veche.room.RoomName;

class FullDiskTest {
    private final RoomName room = new RoomName("room");

    @TempDir
    Path directory;

    @Test
    void aFileOfMaximumSizeRejectsMessagesStillReadsAndRecovers() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (ExpectedFailures failures = new ExpectedFailures();
                MessageLog log = Logs.sqlite(directory, AppendingMain.KEEPING_ALL, 400)) {
            log.listen(listener);
            get(log.open(room));
            sql("CREATE TABLE ballast AS SELECT zeroblob(500000) AS filling");
            int acknowledged = fill(log);
            assertTrue(acknowledged > 100, () -> "only " + acknowledged);
            assertEquals(List.of((long) acknowledged), positions(get(log.before(room, Long.MAX_VALUE, 1))));
            assertEquals(1, failures.written.size());
            sql("DROP TABLE ballast");
            assertEquals(acknowledged + 1, append(log));
            assertEquals(upTo(acknowledged + 1), listener.positions(room));
        }
    }

    private int fill(MessageLog log) throws Exception {
        for (int acknowledged = 0; ; acknowledged++) {
            try {
                append(log);
            } catch (CompletionException e) {
                assertEquals(RefusedException.Reason.LOG_UNAVAILABLE, ((RefusedException) e.getCause()).reason());
                return acknowledged;
            }
        }
    }

    private long append(MessageLog log) {
        Draft draft = Draft.text(ANNA, "x".repeat(1_000));
        return log.append(room, draft)
                .toCompletableFuture()
                .join()
                .message()
                .position()
                .number();
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("veche.db"));
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /** A full disk, where the kernel allows this user to mount a file system in a namespace. */
    @Test
    @EnabledIf("aFileSystemCanBeMounted")
    void aFullDiskRejectsMessagesStillReadsAndRecovers() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try (ChildJvm child = ChildJvm.startWithSmallDisk(disk, "4m", FullDiskMain.class, disk.toString())) {
            assertEquals("refused LOG_UNAVAILABLE", child.readLine());
            assertEquals("read true", child.readLine());
            assertEquals("recovered true", child.readLine());
        }
    }

    static boolean aFileSystemCanBeMounted() throws Exception {
        Process probe = new ProcessBuilder("sh", "-c", "unshare -rm mount -t tmpfs tmpfs /mnt")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return probe.waitFor() == 0;
    }
}
