package veche.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Mutual exclusion of the processes and threads of one build, by a lock on a file below {@code target}. */
public final class BuildLock {
    private static final Path FILE = Path.of("target", "build.lock");

    /** By the thread that is in the monitor of this class. */
    private static boolean held;

    private BuildLock() {}

    /** What is done while the lock is held. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    /** Waits for the lock and holds it during the action, which may request it again. */
    public static synchronized <T> T holding(Action<T> action) throws IOException {
        if (held) {
            return action.run();
        }
        Files.createDirectories(FILE.getParent());
        try (FileChannel file = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            held = lock.isValid();
            return action.run();
        } finally {
            held = false;
        }
    }
}
