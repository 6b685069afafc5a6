package veche.lab;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.delivery.TaskExecutor;
import veche.delivery.Transport;

/**
 * Reads slowly from one client for a limited time: after each message, reading pauses until the time for its bytes has
 * elapsed. If the container can suspend reading, no thread waits; otherwise the container's reader thread sleeps. For
 * this reason the number of such clients and the duration are limited.
 */
final class ReadThrottle {
    private final Transport transport;
    private final TaskExecutor executor;
    private final int bytesPerSecond;
    private final Runnable whenOver;
    private final AtomicBoolean over = new AtomicBoolean();
    private long budget;
    private long until = System.nanoTime();
    private boolean suspended;

    /** @param whenOver called once, when throttling ends or the connection is closed */
    ReadThrottle(Transport transport, TaskExecutor executor, LabLimits limits, Runnable whenOver) {
        this.transport = transport;
        this.executor = executor;
        this.bytesPerSecond = limits.slowBytesPerSecond();
        this.budget = limits.slowTime().toNanos();
        this.whenOver = whenOver;
    }

    /** Accounts for received bytes and pauses reading; called by the container's reader thread. */
    void received(int bytes) {
        long pause = TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
        if (over.get() || !spend(pause)) {
            end();
        } else if (!suspend(pause)) {
            sleep(pause);
        }
    }

    private synchronized boolean spend(long pause) {
        budget -= pause;
        return budget >= 0;
    }

    /** Suspends reading; false if the container does not support this. */
    private synchronized boolean suspend(long pause) {
        if (!suspended && !transport.suspend()) {
            return false;
        }
        until = Math.max(until, System.nanoTime()) + pause;
        if (!suspended) {
            suspended = true;
            executor.schedule(this::resume, TimeUnit.NANOSECONDS.toMillis(pause) + 1);
        }
        return true;
    }

    private synchronized void resume() {
        long left = until - System.nanoTime();
        if (left > 0 && !over.get()) {
            executor.schedule(this::resume, TimeUnit.NANOSECONDS.toMillis(left) + 1);
        } else {
            suspended = false;
            transport.resume();
        }
    }

    private static void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends throttling. Idempotent. */
    void end() {
        if (over.compareAndSet(false, true)) {
            whenOver.run();
        }
    }
}
