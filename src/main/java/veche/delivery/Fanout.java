package veche.delivery;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import veche.room.Rooms;

/**
 * Delivers the messages of rooms to connections. A few {@link DeliveryWorker workers}, each owning a share of the
 * connections, advance every connection's cursors along the rooms that it follows and write batches of frames, which
 * are encoded once for all connections that use the same encoder. Thread-safe.
 */
public final class Fanout implements AutoCloseable {
    private final DeliveryContext context;
    private final EncodedLogs logs;
    private final DeliveryWorker[] workers;
    private final AtomicLong nextConnection = new AtomicLong();

    /** @param workers the number of threads that write; one per core is a good choice */
    public Fanout(Rooms rooms, ConnectionLimits limits, int workers) {
        this.context = new DeliveryContext(limits, rooms::sequence, new TrafficCounters(), new TaskExecutor());
        this.logs = new EncodedLogs(limits.batchBytes());
        this.workers = IntStream.range(0, workers)
                .mapToObj(number -> new DeliveryWorker(logs, context.executor().timer()))
                .toArray(DeliveryWorker[]::new);
        rooms.onGrowth((room, before) -> {
            for (DeliveryWorker worker : this.workers) {
                worker.grown(room);
            }
        });
    }

    /** Starts the workers' threads. */
    public void start() {
        // Where Tyrus sets a timer for a send it captures the thread's context and scans the class loader's services;
        // below the platform's loader there is nothing to scan.
        ThreadFactory factory = TaskExecutor.threads("veche-delivery", ClassLoader.getPlatformClassLoader());
        for (DeliveryWorker worker : workers) {
            factory.newThread(worker).start();
        }
    }

    /** Creates the connection of a client that is reached by a transport. */
    public Connection connect(Transport transport) {
        long number = nextConnection.incrementAndGet();
        DeliveryWorker worker = workers[(int) (number % workers.length)];
        return new Connection(Long.toString(number, 36), transport, worker, context);
    }

    /** The limits of each connection and of all of them. */
    public ConnectionLimits limits() {
        return context.limits();
    }

    /** Counters of what was sent since the start. */
    public TrafficCounters traffic() {
        return context.traffic();
    }

    /** The threads for timeouts and for tasks that may block. */
    public TaskExecutor executor() {
        return context.executor();
    }

    DeliveryWorker[] workers() {
        return workers;
    }

    EncodedLogs logs() {
        return logs;
    }

    /** Stops all threads; frames that wait are not written. */
    @Override
    public void close() {
        for (DeliveryWorker worker : workers) {
            worker.stop();
        }
        context.executor().close();
    }
}
