package veche.dialect.wamp.router;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import veche.dialect.Client.Following;

/**
 * One session's place in a subscription. It is closed until SUBSCRIBED has been sent: what is published in between waits
 * here, so that no event overtakes it and none is lost after it. And it is closed before UNSUBSCRIBED is sent: clients
 * take an event after that for a violation. The lock is this subscriber's alone, and held while a frame is queued.
 */
public final class Subscriber {
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
    /** By durable topic; null where none is followed. */
    private Map<String, Following> sources;

    Subscriber(Session session, Subscription subscription) {
        this.session = session;
        this.subscription = subscription;
    }

    public Session session() {
        return session;
    }

    public Subscription subscription() {
        return subscription;
    }

    /** False where what the session speaks cannot represent the event, which it does not receive then. */
    boolean deliver(Delivery delivery) {
        if (!session.peer().canReceive(delivery)) {
            LOG.log(Level.DEBUG, "Session {0} cannot receive an event of {1}", session.id(), subscription.uri());
            return false;
        }
        later(() -> session.peer().deliver(delivery));
        return true;
    }

    /** Runs an action now if events flow already, else right after SUBSCRIBED, and never after the end. */
    public void later(Runnable action) {
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

    /** Follows a durable topic, unless this subscriber does. Within {@link #open} or {@link #later}. */
    public void follow(String topic, Supplier<Following> start) {
        sources = sources == null ? new HashMap<>() : sources;
        if (!sources.containsKey(topic)) {
            sources.put(topic, start.get());
        }
    }

    /** Follows a durable topic from another position than before. Within {@link #open} or {@link #later}. */
    public void followAnew(String topic, Supplier<Following> start) {
        Following before = sources == null ? null : sources.remove(topic);
        if (before != null) {
            before.stop();
        }
        follow(topic, start);
    }

    /** Ends everything that brings events; none comes after this. */
    void leave() {
        lock.lock();
        try {
            gate = Gate.LEFT;
            early = null;
            if (sources != null) {
                sources.values().forEach(Following::stop);
                sources = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
