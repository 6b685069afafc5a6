package veche.socket;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import veche.dialect.CloseCode;
import veche.room.Rooms;

/**
 * Moves every connection's cursors along the rooms that it follows: a few {@link DeliveryWorker carriers}, each owning a share
 * of the connections, write what all of a wording hear as shared {@link FrameBatch runs}. Thread-safe.
 */
public final class Fanout implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Fanout.class.getName());
    private static final int CLOSERS = 32;

    /** How long a client has to take what is on its way, and the close frame behind it. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(10);

    private final Rooms rooms;
    private final ConnectionLimits limits;
    private final Feeds feeds;
    private final LongAdder nodePending = new LongAdder();
    private final TrafficCounters traffic = new TrafficCounters(nodePending);
    private final AtomicLong nextConnection = new AtomicLong();
    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor closers;
    private final DeliveryWorker[] workers;

    /** @param workers how many threads write; the number of cores serves well */
    public Fanout(Rooms rooms, ConnectionLimits limits, int workers) {
        this.rooms = rooms;
        this.limits = limits;
        this.feeds = new Feeds(limits.batchBytes());
        this.timer = new ScheduledThreadPoolExecutor(1, threads("veche-timer", null));
        this.timer.setRemoveOnCancelPolicy(true);
        this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.closers = new ThreadPoolExecutor(
                CLOSERS, CLOSERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("veche-closer", null));
        this.closers.allowCoreThreadTimeOut(true);
        this.workers = IntStream.range(0, workers)
                .mapToObj(n -> new DeliveryWorker(feeds, timer))
                .toArray(DeliveryWorker[]::new);
        rooms.onGrowth((room, before) -> feeds.grown(room));
    }

    /** Starts the carriers' threads. */
    public void start() {
        // Where Tyrus sets a timer for a send it captures the thread's context and scans the class loader's services;
        // below the platform's loader there is nothing to scan.
        ThreadFactory factory = threads("veche-carrier", ClassLoader.getPlatformClassLoader());
        for (DeliveryWorker worker : workers) {
            factory.newThread(worker).start();
        }
    }

    private static ThreadFactory threads(String name, ClassLoader context) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory plain = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = plain.newThread(task);
            thread.setName(name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            if (context != null) {
                thread.setContextClassLoader(context);
            }
            return thread;
        };
    }

    /** A new connection over a wire. */
    Connection connect(Transport transport) {
        long number = nextConnection.incrementAndGet();
        DeliveryWorker worker = workers[(int) (number % workers.length)];
        return new Connection(Long.toString(number, 36), transport, worker, this);
    }

    /** The rooms that connections follow. */
    Feeds feeds() {
        return feeds;
    }

    DeliveryWorker[] workers() {
        return workers;
    }

    ScheduledThreadPoolExecutor timer() {
        return timer;
    }

    ConnectionLimits limits() {
        return limits;
    }

    long sequence() {
        return rooms.sequence();
    }

    /** What has gone out. */
    public TrafficCounters traffic() {
        return traffic;
    }

    LongAdder nodePending() {
        return nodePending;
    }

    /** Runs what may block, or may call into a conversation, on a thread of its own. */
    void execute(Runnable task) {
        if (!closers.isShutdown()) {
            closers.execute(task);
        }
    }

    /** The same after a delay. */
    void later(Runnable task, long millis) {
        if (!timer.isShutdown()) {
            timer.schedule(() -> execute(task), millis, TimeUnit.MILLISECONDS);
        }
    }

    void close(Connection connection, Transport transport, CloseCode code, String reason) {
        traffic.closed(code.number());
        execute(() -> transport.close(code.number(), CloseFrame.cut(reason)));
        if (!timer.isShutdown()) {
            timer.schedule(() -> execute(transport::terminate), CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Cuts it: the client sees 1006 (RFC 6455 §7.1.5). The close that follows finds nobody, but tells the container. */
    void drop(Connection connection, Transport transport) {
        LOG.log(Level.DEBUG, "connection={0} dropped", connection.id());
        traffic.closed(CloseStatus.LOST);
        execute(() -> {
            transport.terminate();
            transport.close(CloseCode.GOING_AWAY.number(), "");
        });
    }

    /** Whether close frames are still to be sent. */
    boolean closing() {
        return closers.getActiveCount() > 0 || !closers.getQueue().isEmpty();
    }

    /** Writing failed: the client is gone. */
    void lost(Connection connection, Throwable why) {
        LOG.log(Level.DEBUG, () -> "connection=" + connection.id() + " lost", why);
        connection.end(CloseCode.GOING_AWAY, "");
    }

    /** Our fault: 1011, with an id that is in the log. */
    void failed(Connection connection, Throwable why) {
        String incident = UUID.randomUUID().toString();
        try {
            LOG.log(Level.ERROR, () -> "connection=" + connection.id() + " incident=" + incident, why);
        } finally {
            // Logging allocates, and fails itself where the heap is exhausted.
            connection.end(CloseCode.INTERNAL_ERROR, "Incident " + incident);
        }
    }

    /** Stops all threads; what waits is not written. */
    @Override
    public void close() {
        for (DeliveryWorker worker : workers) {
            worker.stop();
        }
        timer.shutdownNow();
        closers.shutdown();
    }
}
