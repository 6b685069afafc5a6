package veche;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads named {@code veche-dialects}: a timer that never blocks, and a pool for application code, which may. Both
 * discard tasks after the shutdown, which is safe: all connections have been closed before.
 */
final class DialectThreads {
    private static final int APPLICATION_THREADS = 16;

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, DialectThreads::daemon, new ThreadPoolExecutor.DiscardPolicy());
    private final ThreadPoolExecutor applications = new ThreadPoolExecutor(
            APPLICATION_THREADS,
            APPLICATION_THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            DialectThreads::daemon,
            new ThreadPoolExecutor.DiscardPolicy());

    DialectThreads() {
        applications.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "veche-dialects");
        thread.setDaemon(true);
        thread.setContextClassLoader(DialectThreads.class.getClassLoader());
        return thread;
    }

    /** Runs timeouts and periodic tasks; never blocked. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** Runs application code, which may block. */
    Executor applications() {
        return applications;
    }

    void shutdownNow() {
        timer.shutdownNow();
        applications.shutdownNow();
    }
}
