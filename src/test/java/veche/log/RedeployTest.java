package veche.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.RoomName;
import veche.testing.OwnLoader;

/** A closed log retains no reference to the class loader of its web application. */
class RedeployTest {
    @TempDir
    Path directory;

    @Test
    void sqliteReleasesTheClassLoader() throws Exception {
        OwnLoader.assertReleased(Use.class, directory.toString());
    }

    @Test
    void postgresqlReleasesTheClassLoader() throws Exception {
        OwnLoader.assertReleased(Use.class, Postgres.url());
    }

    /** Runs inside the other class loader. */
    public static final class Use implements Consumer<String> {
        @Override
        public void accept(String database) {
            try (MessageLog log = database.startsWith("jdbc:")
                    ? Logs.postgresql(database, "postgres", "", LogLimits.DEFAULT)
                    : Logs.sqlite(Path.of(database), LogLimits.DEFAULT)) {
                RecordingListener listener = new RecordingListener();
                log.listen(listener);
                LogFixture.get(log.append(
                        new RoomName("redeploy-" + System.nanoTime()),
                        Draft.text(new Author("user:anna", "Anna"), "one")));
                assertNotNull(LogFixture.get(log.rooms()));
                assertEquals(1, listener.appended.size());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
