package veche.log.cluster;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** A thread whose work ends on request. Thread-safe. */
public final class ServiceThread {
    /** The work, until {@link #isClosed}. */
    @FunctionalInterface
    public interface Work {
        /** Throws {@link InterruptedException} when the thread is interrupted, which ends the work. */
        void run() throws InterruptedException;
    }

    private final ThreadFactory threads;
    private final Work work;
    private final Duration closeTimeout;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** @param closeTimeout how long {@link #close} waits before it interrupts the work */
    public ServiceThread(ThreadFactory threads, Work work, Duration closeTimeout) {
        this.threads = threads;
        this.work = work;
        this.closeTimeout = closeTimeout;
    }

    /** Starts the work. */
    public void start() {
        Thread started = threads.newThread(this::run);
        thread = started;
        started.start();
    }

    private void run() {
        try {
            work.run();
        } catch (InterruptedException e) {
            // Only close() interrupts, after its timeout.
            closed = true;
        }
    }

    /** Whether the work is to end. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Ends the work; blocks until it has ended.
     *
     * @param wake makes the work notice it
     */
    public void close(Runnable wake) {
        closed = true;
        wake.run();
        Thread started = thread;
        try {
            if (started != null) {
                started.join(closeTimeout.toMillis());
                started.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
