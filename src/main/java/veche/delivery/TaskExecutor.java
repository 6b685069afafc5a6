package veche.delivery;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads in addition to the delivery workers: a pool for tasks that may block or that call into a dialect, and a
 * timer thread that only starts tasks. Thread-safe; tasks submitted after {@link #close()} are discarded.
 */
public final class TaskExecutor implements Executor, AutoCloseable {
    private static final int THREADS = 32;
    private static final Duration IDLE_THREAD_LIFETIME = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor timer;
    private final ThreadPoolExecutor pool;

    TaskExecutor() {
        timer = new ScheduledThreadPoolExecutor(
                1, threads("veche-timer", null), new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_THREAD_LIFETIME.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                threads("veche-task", null),
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Returns a factory of daemon threads named {@code name-n}.
     *
     * @param context the context class loader of the threads, or null for that of the creating thread
     */
    static ThreadFactory threads(String name, @Nullable ClassLoader context) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory standard = Executors.defaultThreadFactory();
        return task -> {
            Thread thread = standard.newThread(task);
            thread.setName(name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            if (context != null) {
                thread.setContextClassLoader(context);
            }
            return thread;
        };
    }

    /** Runs a task on the pool, where it may block. */
    @Override
    public void execute(Runnable task) {
        pool.execute(task);
    }

    /** Runs a task on the pool after a delay in milliseconds. */
    public void schedule(Runnable task, long millis) {
        timer.schedule(() -> execute(task), millis, TimeUnit.MILLISECONDS);
    }

    /** The timer, for tasks that never block; longer work must be passed on to {@link #execute}. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Whether no task is running or queued, not counting delayed ones. */
    public boolean isIdle() {
        return pool.getActiveCount() == 0 && pool.getQueue().isEmpty();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        pool.shutdown();
    }
}
