package veche.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The interval of a measurement: counters and processor times at its start, and their growth. */
final class Window {
    private static final double SECOND = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ServerProcess server;
    private final Unit unit;
    private final long before;
    private final long serverBefore;
    private final long loadBefore;
    private final long othersBefore;
    private final long start;

    /** The unit that is counted. */
    enum Unit {
        DELIVERY("deliveries_per_s", "cpu_ns_per_delivery"),
        CALL("calls_per_s", "cpu_ns_per_call");

        private final String rate;
        private final String cost;

        Unit(String rate, String cost) {
            this.rate = rate;
            this.cost = cost;
        }
    }

    /** Opens the window; {@code counted} is the count so far. */
    Window(ServerProcess server, Unit unit, long counted) throws IOException {
        this.server = server;
        this.unit = unit;
        before = counted;
        serverBefore = server.cpuNanos();
        loadBefore = THREADS.getCurrentThreadCpuTime();
        othersBefore = others();
        start = System.nanoTime();
    }

    private long others() throws IOException {
        return ServerProcess.machineCpuNanos() - ServerProcess.ownCpuNanos() - server.cpuNanos();
    }

    /**
     * Closes the window and adds its figures: the rate, the share of one core used by the server, by this thread and by
     * all other processes of the machine, and the server's processor time per unit.
     */
    void close(long counted, Figures figures) throws IOException {
        double elapsed = System.nanoTime() - start;
        double server = this.server.cpuNanos() - serverBefore;
        double load = THREADS.getCurrentThreadCpuTime() - loadBefore;
        long since = counted - before;
        figures.put(unit.rate, since * SECOND / elapsed);
        figures.put("server_cpu", server / elapsed);
        figures.put("load_cpu", load / elapsed);
        figures.put("others_cpu", Math.max(0, others() - othersBefore) / elapsed);
        figures.put(unit.cost, since == 0 ? Double.NaN : server / since);
    }
}
