package veche.socket;

import veche.dialect.Client;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/**
 * A following that begins when it is reached in the outbox: behind whatever was sent to the client before.
 * {@link #run} is the carrier's, {@link #stop} anyone's.
 */
final class PendingSubscription implements Runnable, Client.Following {
    private final Connection connection;
    private final Room room;
    private final long after;
    private final MessageEncoder encoder;
    private final Object listener;
    private volatile boolean stopped;
    private volatile RoomCursor started;

    PendingSubscription(Connection connection, Room room, long after, MessageEncoder encoder, Object listener) {
        this.connection = connection;
        this.room = room;
        this.after = after;
        this.encoder = encoder;
        this.listener = listener;
    }

    @Override
    public void run() {
        if (stopped || connection.ended()) {
            return;
        }
        RoomCursor subscription = connection.begin(room, after, encoder, listener);
        started = subscription;
        if (stopped) {
            subscription.stop();
        }
    }

    @Override
    public void stop() {
        stopped = true;
        RoomCursor subscription = started;
        if (subscription != null) {
            subscription.stop();
        }
    }
}
