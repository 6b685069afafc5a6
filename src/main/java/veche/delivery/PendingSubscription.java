package veche.delivery;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;

/**
 * A subscription that is queued in the outbox. It starts after everything that was queued for the client before it.
 * {@link #run} is called on the worker, {@link #stop} on any thread.
 */
final class PendingSubscription implements Runnable, Client.Following {
    private final Supplier<@Nullable RoomCursor> start;
    private volatile boolean stopped;
    private volatile @Nullable RoomCursor started;

    /** @param start adds the cursor and returns it, or null if the connection is closed */
    PendingSubscription(Supplier<@Nullable RoomCursor> start) {
        this.start = start;
    }

    @Override
    public void run() {
        if (stopped) {
            return;
        }
        RoomCursor cursor = start.get();
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
