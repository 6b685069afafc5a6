package veche.delivery;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.dialect.CloseCode;

/**
 * Sends frames to one client over a session of the container. At most one write is in progress at a time.
 * {@link #write}, {@link #isIdle()} and {@link #ping()} are called on the connection's delivery worker; the container
 * may report the completion of a write on any thread, including the worker's own.
 */
public abstract class Transport {
    private enum State {
        IDLE,
        STARTED,
        IN_PROGRESS,
        DONE
    }

    private final Consumer<@Nullable Throwable> done = this::done;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile Runnable onWritable = () -> {};
    private volatile long since;
    private volatile @Nullable Throwable failure;

    /** The name of the implementation, for logs and metrics. */
    public final String name() {
        return getClass().getSimpleName();
    }

    /** @param action called on the container's thread when a write completes after {@link #write} has returned */
    final void onWritable(Runnable action) {
        onWritable = action;
    }

    /** Whether a batch may be written. */
    final boolean isIdle() {
        state.compareAndSet(State.DONE, State.IDLE);
        return state.get() == State.IDLE;
    }

    /** Whether the write of the latest batch is still in progress. */
    final boolean isWriting() {
        return state.get() == State.IN_PROGRESS;
    }

    /** Why the latest write failed, or null. */
    final @Nullable Throwable failure() {
        return failure;
    }

    /** How long the write in progress has taken, in nanoseconds; 0 if there is none. */
    final long stalledFor(long now) {
        return isWriting() ? now - since : 0;
    }

    /** Writes a batch; called while {@link #isIdle()} only. */
    final void write(FrameBatch batch) {
        since = System.nanoTime();
        state.set(State.STARTED);
        try {
            send(batch, done);
        } catch (RuntimeException e) {
            // Some containers throw without calling the completion handler, others do both.
            if (state.get() == State.STARTED) {
                done(e);
            }
        }
        state.compareAndSet(State.STARTED, State.IN_PROGRESS);
    }

    private void done(@Nullable Throwable cause) {
        failure = cause;
        if (!state.compareAndSet(State.STARTED, State.DONE)) {
            state.set(State.DONE);
            onWritable.run();
        }
    }

    /**
     * Passes a batch to the container without waiting for the client.
     *
     * @param whenDone called once with null or the failure, on any thread and possibly before this method returns
     */
    protected abstract void send(FrameBatch batch, Consumer<@Nullable Throwable> whenDone);

    /** Sends a ping (RFC 6455 §5.5.2); called only while no write is in progress. */
    protected abstract void ping();

    /** Sends a close frame with a reason of at most 123 bytes of UTF-8. May block, so it is not called on a worker. */
    protected abstract void close(int code, String reason);

    /** Closes the TCP connection without a close frame, before {@link #close} or after it. */
    protected abstract void abort();

    /**
     * Suspends reading from the client until {@link #resume}; pongs are not read either.
     *
     * @return false if the container does not support it
     */
    public boolean suspend() {
        return false;
    }

    /** Resumes reading; called only after {@link #suspend}. */
    public void resume() {}

    /** Observes the frames of a container that delivers only complete ones. Called by the thread that reads. */
    public interface FrameObserver {
        /** Called once, for the first frame that is too large or unmasked. */
        void onViolation(CloseCode code, String reason);

        /** Called after each read with the number of bytes of the incomplete frame, 0 if there is none. */
        void onIncomplete(long bytes);
    }

    /**
     * Checks frames while they are read, for containers that deliver only complete frames and accept unmasked ones.
     * Called while the session opens.
     *
     * @param maxBytes the maximum frame size
     */
    public void checkFrames(int maxBytes, FrameObserver observer) {
        // Other containers deliver a large frame in parts, whose bytes are counted, and reject unmasked frames.
    }
}
