package veche.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The measured stretch of time: what had been counted and used when it began, and since. */
final class Window {
    private static final double SECOND = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ServerProcess server;
    private final long deliveriesBefore;
    private final long serverBefore;
    private final long loadBefore;
    private final long othersBefore;
    private final long start;

    /** Opens the window now. */
    Window(ServerProcess server, long deliveries) throws IOException {
        this.server = server;
        deliveriesBefore = deliveries;
        serverBefore = server.cpuNanos();
        loadBefore = THREADS.getCurrentThreadCpuTime();
        othersBefore = others();
        start = System.nanoTime();
    }

    private long others() throws IOException {
        return ServerProcess.machineCpuNanos() - ServerProcess.ownCpuNanos() - server.cpuNanos();
    }

    /**
     * Closes it: deliveries a second, the share of one core that the server, this thread and all other processes of the
     * machine used, and the server's processor time for each delivery.
     */
    void close(long deliveries, Figures figures) throws IOException {
        double elapsed = System.nanoTime() - start;
        double server = this.server.cpuNanos() - serverBefore;
        double load = THREADS.getCurrentThreadCpuTime() - loadBefore;
        long delivered = deliveries - deliveriesBefore;
        figures.put("deliveries_per_s", delivered * SECOND / elapsed);
        figures.put("server_cpu", server / elapsed);
        figures.put("load_cpu", load / elapsed);
        figures.put("others_cpu", Math.max(0, others() - othersBefore) / elapsed);
        figures.put("cpu_ns_per_delivery", delivered == 0 ? Double.NaN : server / delivered);
    }
}
