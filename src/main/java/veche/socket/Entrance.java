package veche.socket;

import veche.dialect.Client;
import veche.dialect.Wording;
import veche.room.Room;

/**
 * A following that begins when it is reached in the outbox: behind whatever was sent to the client before.
 * {@link #run} is the carrier's, {@link #stop} anyone's.
 */
final class Entrance implements Runnable, Client.Following {
    private final Connection connection;
    private final Room room;
    private final long after;
    private final Wording wording;
    private final Object listener;
    private volatile boolean stopped;
    private volatile Subscription started;

    Entrance(Connection connection, Room room, long after, Wording wording, Object listener) {
        this.connection = connection;
        this.room = room;
        this.after = after;
        this.wording = wording;
        this.listener = listener;
    }

    @Override
    public void run() {
        if (stopped || connection.ended()) {
            return;
        }
        Subscription subscription = connection.begin(room, after, wording, listener);
        started = subscription;
        if (stopped) {
            subscription.stop();
        }
    }

    @Override
    public void stop() {
        stopped = true;
        Subscription subscription = started;
        if (subscription != null) {
            subscription.stop();
        }
    }
}
