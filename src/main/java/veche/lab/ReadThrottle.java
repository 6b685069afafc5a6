package veche.lab;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.delivery.TaskExecutor;
import veche.delivery.Transport;

/**
 * Reads slowly from one client, for a while: after each message it does not read until the time for its bytes has
 * passed. Where the container lets it, nobody waits; where it does not, the container's reader thread does. That is why so
 * few may be read slowly at once, and not for long.
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

    /** @param whenOver called once, when the client is read as fast as any again, or gone */
    ReadThrottle(Transport transport, TaskExecutor executor, LabLimits limits, Runnable whenOver) {
        this.transport = transport;
        this.executor = executor;
        this.bytesPerSecond = limits.slowBytesPerSecond();
        this.budget = limits.slowTime().toNanos();
        this.whenOver = whenOver;
    }

    /** So many bytes were taken; called by the reader's thread. */
    void took(int bytes) {
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

    /** False where the container has no way to stop reading. */
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

    /** Calling it again does nothing. */
    void end() {
        if (over.compareAndSet(false, true)) {
            whenOver.run();
        }
    }
}
