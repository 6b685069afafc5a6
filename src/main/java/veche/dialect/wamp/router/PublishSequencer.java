package veche.dialect.wamp.router;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Preserves the order of one publisher's events (basic profile, "Ordering Guarantees"). Durable events become visible
 * when a log has committed them, transient events at once: a transient event therefore waits until all durable events
 * before it are committed. Thread-safe; does not block.
 */
public final class PublishSequencer {
    private sealed interface Step {
        long bytes();

        record Passing(Runnable publish, long bytes) implements Step {}

        /** Steps after one that is {@code alone} wait for it even if they are durable. */
        record Durable(Supplier<CompletionStage<?>> append, boolean alone, long bytes) implements Step {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Step> waiting = new ArrayDeque<>();
    private final Executor executor;
    private final int maxWaiting;
    private final long maxWaitingBytes;
    private final Consumer<Throwable> onFailure;
    private int uncommitted;
    private boolean alone;
    private boolean draining;
    private long waitingBytes;

    /** @param onFailure receives exceptions that cannot be thrown to the publisher; the subsequent steps still run */
    PublishSequencer(Executor executor, int maxWaiting, long maxWaitingBytes, Consumer<Throwable> onFailure) {
        this.executor = executor;
        this.maxWaiting = maxWaiting;
        this.maxWaitingBytes = maxWaitingBytes;
        this.onFailure = onFailure;
    }

    /**
     * Publishes a transient event. Returns false, without effect, where the queue is full.
     *
     * @param bytes the heap size of the event while it is queued, in bytes; computed only if it is queued
     */
    public boolean passing(LongSupplier bytes, Runnable publish) {
        lock.lock();
        try {
            if (uncommitted > 0 || draining || !waiting.isEmpty()) {
                return enqueue(new Step.Passing(publish, bytes.getAsLong()));
            }
        } finally {
            lock.unlock();
        }
        publish.run();
        return true;
    }

    /**
     * Appends an event to a log; it becomes visible when the stage completes. Returns false, without effect, where the
     * queue is full.
     *
     * @param bytes the heap size of the event while it is queued, in bytes; computed only if it is queued
     * @param lookingUp whether the append reads before it writes, so that the order of calls does not determine the
     *     order of appends
     */
    public boolean durable(LongSupplier bytes, Supplier<CompletionStage<?>> append, boolean lookingUp) {
        lock.lock();
        try {
            if (alone || draining || !waiting.isEmpty()) {
                return enqueue(new Step.Durable(append, lookingUp, bytes.getAsLong()));
            }
            begin(lookingUp);
        } finally {
            lock.unlock();
        }
        start(append);
        return true;
    }

    private boolean enqueue(Step step) {
        boolean fits =
                waiting.size() < maxWaiting && (waiting.isEmpty() || waitingBytes + step.bytes() <= maxWaitingBytes);
        if (fits) {
            waiting.add(step);
            waitingBytes += step.bytes();
        }
        return fits;
    }

    private void begin(boolean lookingUp) {
        uncommitted++;
        alone = lookingUp;
    }

    private void start(Supplier<CompletionStage<?>> append) {
        CompletionStage<?> stage;
        try {
            stage = append.get();
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
            stage = CompletableFuture.failedFuture(e);
        }
        stage.whenComplete((done, failure) -> guarded(this::settled));
    }

    private void settled() {
        lock.lock();
        try {
            uncommitted--;
            alone = alone && uncommitted > 0;
            if (draining || waiting.isEmpty() || uncommitted > 0) {
                return;
            }
            draining = true;
        } finally {
            lock.unlock();
        }
        // Fan-out must not run on the log's writer thread.
        executor.execute(this::drain);
    }

    private void drain() {
        for (Step step = next(); step != null; step = next()) {
            if (step instanceof Step.Durable durable) {
                start(durable.append());
            } else if (step instanceof Step.Passing passing) {
                guarded(passing.publish());
            }
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    private @Nullable Step next() {
        lock.lock();
        try {
            Step step = waiting.peek();
            if (step == null || uncommitted > 0 && (alone || step instanceof Step.Passing)) {
                draining = false;
                return null;
            }
            if (step instanceof Step.Durable durable) {
                begin(durable.alone());
            }
            waitingBytes -= step.bytes();
            return waiting.poll();
        } finally {
            lock.unlock();
        }
    }
}
