package veche.socket;

import java.util.concurrent.atomic.AtomicBoolean;

/** A connection's place in its carrier's queue: it stands there once at most, however often it is called. */
final class Turn {
    private final DeliveryWorker worker;
    private final Connection connection;
    private final Runnable call = this::call;
    private final AtomicBoolean called = new AtomicBoolean();
    private boolean queued;

    Turn(DeliveryWorker worker, Connection connection) {
        this.worker = worker;
        this.connection = connection;
    }

    /** There may be something to write; any thread. */
    void signal() {
        if (called.compareAndSet(false, true)) {
            worker.execute(call);
        }
    }

    private void call() {
        called.set(false);
        queue();
    }

    /** On the carrier. */
    void queue() {
        if (!queued && !connection.ended()) {
            queued = true;
            worker.ready(connection);
        }
    }

    /** It has come; on the carrier. */
    void begin() {
        queued = false;
    }
}
