package veche.dialect.wamp.router;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import veche.dialect.Client.Following;
import veche.room.RoomName;

/**
 * One session's place in a subscription. It is closed until SUBSCRIBED has been sent: what is published in between waits
 * here, so that no event overtakes it and none is lost after it. And it is closed before UNSUBSCRIBED is sent: clients
 * take an event after that for a violation. The lock is this subscriber's alone, and held while a frame is queued.
 */
final class Subscriber {
    private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());

    private enum Gate {
        OPENING,
        OPEN,
        LEFT
    }

    private final Session session;
    private final Subscription subscription;
    private final ReentrantLock lock = new ReentrantLock();
    private Gate gate = Gate.OPENING;
    /** Null where nothing waits. */
    private Queue<Runnable> early;
    /** Null where no room is followed. */
    private Map<RoomName, Following> rooms;

    Subscriber(Session session, Subscription subscription) {
        this.session = session;
        this.subscription = subscription;
    }

    Session session() {
        return session;
    }

    Subscription subscription() {
        return subscription;
    }

    /** False where what the session speaks cannot represent the event, which it does not receive then. */
    boolean hear(Delivery delivery) {
        if (!session.peer().canReceive(delivery)) {
            LOG.log(Level.DEBUG, "Session {0} cannot receive an event of {1}", session.id(), subscription.uri());
            return false;
        }
        later(() -> session.peer().hear(delivery));
        return true;
    }

    /** Runs an action now if events flow already, else right after SUBSCRIBED, and never after the end. */
    void later(Runnable action) {
        lock.lock();
        try {
            if (gate == Gate.OPEN) {
                session.guarded(action);
            } else if (gate == Gate.OPENING) {
                early = early == null ? new ArrayDeque<>() : early;
                early.add(action);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Says SUBSCRIBED, then lets events flow. False, and nothing is said, where this subscriber has left already. */
    boolean open(Runnable subscribed) {
        lock.lock();
        try {
            if (gate == Gate.LEFT) {
                return false;
            }
            gate = Gate.OPEN;
            subscribed.run();
            if (early != null) {
                early.forEach(session::guarded);
                early = null;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Follows a room, unless this subscriber does. Within {@link #open} or {@link #later}. */
    void follow(RoomName room, Supplier<Following> start) {
        rooms = rooms == null ? new HashMap<>() : rooms;
        if (!rooms.containsKey(room)) {
            rooms.put(room, start.get());
        }
    }

    /** Follows a room from another position than before. Within {@link #open} or {@link #later}. */
    void followAnew(RoomName room, Supplier<Following> start) {
        Following before = rooms == null ? null : rooms.remove(room);
        if (before != null) {
            before.stop();
        }
        follow(room, start);
    }

    /** Ends everything that brings events; none comes after this. */
    void leave() {
        lock.lock();
        try {
            gate = Gate.LEFT;
            early = null;
            if (rooms != null) {
                rooms.values().forEach(Following::stop);
                rooms = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
