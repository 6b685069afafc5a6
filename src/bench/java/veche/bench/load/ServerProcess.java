package veche.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The measured process, read from {@code /proc} (Linux).
 *
 * @param pid the process id; 0 if unknown, then every reading is 0
 * @param gc how its garbage collection is triggered
 */
record ServerProcess(long pid, Gc gc) {
    /** Clock ticks of /proc/PID/stat are hundredths of a second on every Linux since 2.6. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int USER_TICKS = 11;

    /** User, nice, system and stolen time in the first line of /proc/stat; interrupts belong to no process. */
    private static final int[] BUSY = {1, 2, 3, 8};

    private static final int SYSTEM_TICKS = 12;

    /** The ways to trigger a garbage collection. */
    enum Gc {
        NONE,
        /** A JVM: {@code jcmd PID GC.run}. */
        JCMD,
        /** A Node server of this benchmark: SIGUSR2. */
        USR2
    }

    /** Processor time used so far, user and system, in nanoseconds. */
    long cpuNanos() throws IOException {
        return pid == 0 ? 0 : cpuNanos(pid);
    }

    /** The same of this process. */
    static long ownCpuNanos() throws IOException {
        return cpuNanos(ProcessHandle.current().pid());
    }

    /** The same of the whole machine, including the time stolen by its host. */
    static long machineCpuNanos() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
        long ticks = 0;
        for (int field : BUSY) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks * NANOS_PER_TICK;
    }

    private static long cpuNanos(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * NANOS_PER_TICK;
    }

    /** Resident memory in KiB. */
    long residentKiB() throws IOException {
        if (pid == 0) {
            return 0;
        }
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /** Triggers a collection; returns when the command has ended, possibly before the collection. */
    void collectGarbage() throws IOException, InterruptedException {
        String id = Long.toString(pid);
        switch (gc) {
            case JCMD -> run(List.of(System.getProperty("java.home") + "/bin/jcmd", id, "GC.run"));
            case USR2 -> run(List.of("kill", "-USR2", id));
            default -> {}
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException(command + " ended with " + status);
        }
    }
}
