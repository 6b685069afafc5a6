package veche.socket;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One write at a time over one wire. {@link #hand} and {@link #free} belong to the connection's carrier; the wire may
 * call back on any thread, on the carrier's own too.
 */
final class WriteState {
    private enum State {
        IDLE,
        STARTED,
        UNDER_WAY,
        DONE
    }

    private final Transport transport;
    private final Runnable onDone;
    private final Consumer<Throwable> done = this::done;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile long since;
    private volatile Throwable failure;

    /** @param onDone called on the wire's thread when a write ends later than {@link #hand} returned */
    WriteState(Transport transport, Runnable onDone) {
        this.transport = transport;
        this.onDone = onDone;
    }

    /** Whether a run may be handed over, or the last one has failed. */
    boolean free() {
        state.compareAndSet(State.DONE, State.IDLE);
        return state.get() == State.IDLE;
    }

    /** What went wrong with the last write, or null. */
    Throwable failure() {
        return failure;
    }

    void hand(FrameBatch batch) {
        since = System.nanoTime();
        state.set(State.STARTED);
        try {
            transport.send(batch, done);
        } catch (RuntimeException e) {
            // Some containers throw and forget the handler, others do both.
            if (state.get() == State.STARTED) {
                done(e);
            }
        }
        state.compareAndSet(State.STARTED, State.UNDER_WAY);
    }

    private void done(Throwable why) {
        failure = why;
        if (!state.compareAndSet(State.STARTED, State.DONE)) {
            state.set(State.DONE);
            onDone.run();
        }
    }

    /** Whether the client has not yet taken the last run. */
    boolean underWay() {
        return state.get() == State.UNDER_WAY;
    }

    /** How long the write under way has taken, in nanoseconds; 0 where there is none. */
    long stalledFor(long now) {
        return underWay() ? now - since : 0;
    }
}
