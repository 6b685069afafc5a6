package veche.log;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import veche.room.Author;
import veche.room.Draft;
import veche.room.MessageLog;
import veche.room.RoomName;

/** A closed log retains no reference to the class loader of its web application. */
class RedeployTest {
    @TempDir
    Path directory;

    @Test
    void sqliteReleasesTheClassLoader() throws Exception {
        assertRedeployable(directory.toString());
    }

    @Test
    void postgresqlReleasesTheClassLoader() throws Exception {
        assertRedeployable(Postgres.url());
    }

    /** JDK 17 itself keeps the last loader in which a record was compared (ObjectMethods), hence the second one. */
    private static void assertRedeployable(String database) throws Exception {
        WeakReference<ClassLoader> first = useInOwnLoader(database);
        useInOwnLoader(database);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return first.get() == null;
        });
    }

    private static WeakReference<ClassLoader> useInOwnLoader(String database) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            @SuppressWarnings("unchecked")
            Function<String, Long> use = (Function<String, Long>) loader.loadClass(Use.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertEquals(1, use.apply(database));
            return new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }

    /** Runs inside the other class loader. */
    public static final class Use implements Function<String, Long> {
        @Override
        public Long apply(String database) {
            try (MessageLog log = database.startsWith("jdbc:")
                    ? Logs.postgresql(database, "postgres", "", LogLimits.DEFAULT)
                    : Logs.sqlite(Path.of(database), LogLimits.DEFAULT)) {
                RecordingListener listener = new RecordingListener();
                log.listen(listener);
                LogFixture.get(log.append(
                        new RoomName("redeploy-" + System.nanoTime()),
                        Draft.text(new Author("user:anna", "Anna"), "one")));
                assertNotNull(LogFixture.get(log.rooms()));
                return (long) listener.appended.size();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
