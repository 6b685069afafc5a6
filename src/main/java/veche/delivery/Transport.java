package veche.delivery;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import veche.dialect.CloseCode;

/**
 * The way out to one client, over a session of one container. One write is in progress at a time. {@link #write},
 * {@link #isIdle()} and {@link #ping()} are called on the connection's delivery worker; the container may report the
 * end of a write on any thread, on the worker's own too.
 */
public abstract class Transport {
    private enum State {
        IDLE,
        STARTED,
        IN_PROGRESS,
        DONE
    }

    private final Consumer<Throwable> done = this::done;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile Runnable onWritable = () -> {};
    private volatile long since;
    private volatile Throwable failure;

    /** @param action called when a write ends after {@link #write} has returned, on the container's thread */
    final void onWritable(Runnable action) {
        onWritable = action;
    }

    /** Whether a batch may be written. */
    final boolean isIdle() {
        state.compareAndSet(State.DONE, State.IDLE);
        return state.get() == State.IDLE;
    }

    /** Whether the client has not yet taken the latest batch. */
    final boolean isWriting() {
        return state.get() == State.IN_PROGRESS;
    }

    /** Why the latest write failed, or null. */
    final Throwable failure() {
        return failure;
    }

    /** How long the write in progress has taken, in nanoseconds; 0 where there is none. */
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
            // Some containers throw and never call the handler, others do both.
            if (state.get() == State.STARTED) {
                done(e);
            }
        }
        state.compareAndSet(State.STARTED, State.IN_PROGRESS);
    }

    private void done(Throwable cause) {
        failure = cause;
        if (!state.compareAndSet(State.STARTED, State.DONE)) {
            state.set(State.DONE);
            onWritable.run();
        }
    }

    /**
     * Passes a batch to the container without waiting for the client.
     *
     * @param whenDone called once, on any thread, perhaps before this returns: with null, or with the failure
     */
    protected abstract void send(FrameBatch batch, Consumer<Throwable> whenDone);

    /** Sends a ping (RFC 6455 §5.5.2); called only while no write is in progress. */
    protected abstract void ping();

    /** Sends a close frame with a reason of at most 123 bytes of UTF-8; may block, so no worker calls it. */
    protected abstract void close(int code, String reason);

    /** Closes the TCP connection without a close frame, before {@link #close} or after it. */
    protected abstract void abort();

    /**
     * Stops reading from the client until {@link #resume}; pongs are not read either.
     *
     * @return false where the container cannot do so
     */
    public boolean suspend() {
        return false;
    }

    /** Reads again; called after {@link #suspend} only. */
    public void resume() {}

    /**
     * Checks frames as they are read, for containers that deliver them whole and whether they are masked or not. Called
     * while the session opens.
     *
     * @param maxBytes the largest frame
     * @param violation called once, with the close code and the reason, at the first frame that is larger or not masked
     */
    public void checkFrames(int maxBytes, BiConsumer<CloseCode, String> violation) {
        // Elsewhere a large frame is delivered in parts, which are counted, and the container rejects unmasked ones.
    }
}
