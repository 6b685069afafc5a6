package veche.bench.server;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Every process that the benchmark starts; none outlives it, also after Ctrl-C. Thread-safe. */
public final class Children {
    private static final long GRACE_SECONDS = 10;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /** Ends whatever still runs when the JVM does. */
    public Children() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(Children::kill)));
    }

    /** Starts a process and keeps an eye on it. */
    public Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Asks a process and its descendants to end, then makes them. */
    public void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        kill(process);
        running.remove(process);
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
