package veche.delivery;

import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import veche.limit.ClientMemory;
import veche.room.Rooms;

/**
 * Broadcasts room messages to connections. {@link DeliveryWorker Worker threads}, each owning a share of the
 * connections, advance every connection's cursors in the rooms that it follows and write batches of frames, which are
 * encoded once for all connections with the same encoder. Thread-safe.
 */
public final class Fanout implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Fanout.class.getName());

    private final DeliveryContext context;
    private final EncodedLogs logs;
    private final DeliveryWorker[] workers;
    private final AtomicLong nextConnection = new AtomicLong();

    /** Does not limit the memory of all clients together. */
    public Fanout(Rooms rooms, ConnectionLimits limits, int workers) {
        this(rooms, limits, workers, ClientMemory.unlimited());
    }

    /**
     * Creates the workers, which {@link #start} starts.
     *
     * @param workers the number of delivery threads; one per core is recommended
     * @param memory accounts what is held on behalf of clients
     */
    public Fanout(Rooms rooms, ConnectionLimits limits, int workers, ClientMemory memory) {
        this.context = new DeliveryContext(
                limits,
                rooms::sequence,
                new TrafficCounters(memory.counter(ClientMemory.Part.OUTBOX)),
                new TaskExecutor(),
                memory);
        this.logs = new EncodedLogs(limits.batchBytes());
        this.workers = IntStream.range(0, workers)
                .mapToObj(number -> new DeliveryWorker(
                        logs, rooms::sequence, context.executor().timer()))
                .toArray(DeliveryWorker[]::new);
        rooms.onGrowth((room, before) -> {
            for (DeliveryWorker worker : this.workers) {
                worker.grown(room);
            }
        });
    }

    /** Starts the workers' threads. */
    public void start() {
        // When Tyrus sets a timer for a send, it captures the thread's context, which scans the context class loader
        // for services. The platform class loader leaves nothing to scan.
        ThreadFactory factory = TaskExecutor.threads("veche-delivery", ClassLoader.getPlatformClassLoader());
        for (DeliveryWorker worker : workers) {
            factory.newThread(worker).start();
        }
    }

    /** Creates the connection of a client over a transport. */
    public Connection connect(Transport transport) {
        if (context.traffic().opened(transport)) {
            LOG.log(Level.INFO, "transport={0}", transport);
        }
        long number = nextConnection.incrementAndGet();
        DeliveryWorker worker = workers[(int) (number % workers.length)];
        return new Connection(Long.toString(number, 36), transport, worker, context);
    }

    /** The limits of each connection and of all of them. */
    public ConnectionLimits limits() {
        return context.limits();
    }

    /** The account of what is held on behalf of clients. */
    public ClientMemory memory() {
        return context.memory();
    }

    /** Counters of the traffic sent since startup. */
    public TrafficCounters traffic() {
        return context.traffic();
    }

    /** The executor of timeouts and of tasks that may block. */
    public TaskExecutor executor() {
        return context.executor();
    }

    DeliveryWorker[] workers() {
        return workers;
    }

    EncodedLogs logs() {
        return logs;
    }

    /** Stops all threads; pending frames are not written. */
    @Override
    public void close() {
        for (DeliveryWorker worker : workers) {
            worker.stop();
        }
        context.executor().close();
    }
}
