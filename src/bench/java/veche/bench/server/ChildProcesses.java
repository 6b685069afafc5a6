package veche.bench.server;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The processes that the benchmark starts; they end with it, also after Ctrl-C. Thread-safe. */
public final class ChildProcesses {
    private static final long GRACE_SECONDS = 10;

    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /** Registers a shutdown hook that ends the processes that still run. */
    public ChildProcesses() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(ChildProcesses::kill)));
    }

    /** Starts a process. */
    public Process start(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /** Terminates a process and its descendants, forcibly after a timeout. */
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
