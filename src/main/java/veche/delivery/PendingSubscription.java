package veche.delivery;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;

/**
 * A subscription that is queued in the outbox. It starts after everything that was queued for the client before it, and
 * once its room is open. {@link #run} is called on the worker, the other methods on any thread.
 */
final class PendingSubscription implements Runnable, Client.Following {
    private volatile @Nullable Supplier<@Nullable RoomCursor> start;
    private volatile boolean stopped;
    private volatile @Nullable RoomCursor started;

    /**
     * Makes the subscription ready.
     *
     * @param newStart adds the cursor and returns it, or null if the connection is closed
     */
    void opened(Supplier<@Nullable RoomCursor> newStart) {
        start = newStart;
    }

    /** Whether the room is open, or the subscription was stopped. */
    boolean isReady() {
        return stopped || start != null;
    }

    @Override
    public void run() {
        Supplier<@Nullable RoomCursor> ready = start;
        if (stopped || ready == null) {
            return;
        }
        RoomCursor cursor = ready.get();
        started = cursor;
        if (stopped && cursor != null) {
            cursor.stop();
        }
    }

    @Override
    public void stop() {
        stopped = true;
        RoomCursor cursor = started;
        if (cursor != null) {
            cursor.stop();
        }
    }
}
