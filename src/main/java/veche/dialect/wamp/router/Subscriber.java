package veche.dialect.wamp.router;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client.Following;

/**
 * One session in a subscription. Events published before SUBSCRIBED has been sent are queued, so that none overtakes it
 * and none is lost. Delivery stops before UNSUBSCRIBED is sent, because clients treat a later event as a protocol
 * violation. The lock belongs to this subscriber alone, and is held while a frame is queued.
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
    /** Actions queued for SUBSCRIBED; null where there are none. */
    private @Nullable Queue<Runnable> early;
    /** The followed durable topics; null where there are none. */
    private @Nullable Map<String, Following> sources;

    Subscriber(Session session, Subscription subscription) {
        this.session = session;
        this.subscription = subscription;
    }

    /** The subscribed session. */
    public Session session() {
        return session;
    }

    /** The subscription that the session has joined. */
    public Subscription subscription() {
        return subscription;
    }

    /** Delivers an event. Returns false, without sending it, where the session's serialization cannot represent it. */
    boolean deliver(Delivery delivery) {
        if (!session.peer().canReceive(delivery)) {
            LOG.log(Level.DEBUG, "Session {0} cannot receive an event of {1}", session.id(), subscription.uri());
            return false;
        }
        later(() -> session.peer().deliver(delivery));
        return true;
    }

    /**
     * Runs an action at once after SUBSCRIBED has been sent, and queues it before. After {@link #leave}, the action is
     * dropped.
     */
    public void later(Runnable action) {
        lock.lock();
        try {
            if (gate == Gate.OPEN) {
                session.guarded(action);
            } else if (gate == Gate.OPENING) {
                Queue<Runnable> queued = early == null ? new ArrayDeque<>() : early;
                queued.add(action);
                early = queued;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends SUBSCRIBED, then runs the queued actions. Returns false, without sending it, where this subscriber has
     * already left.
     */
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

    /** Follows a durable topic, unless it is already followed. Call only within {@link #open} or {@link #later}. */
    public void follow(String topic, Supplier<Following> start) {
        Map<String, Following> followed = sources == null ? new HashMap<>() : sources;
        sources = followed;
        if (!followed.containsKey(topic)) {
            followed.put(topic, start.get());
        }
    }

    /** Follows a durable topic from another position than before. Call only within {@link #open} or {@link #later}. */
    public void followAnew(String topic, Supplier<Following> start) {
        Following before = sources == null ? null : sources.remove(topic);
        if (before != null) {
            before.stop();
        }
        follow(topic, start);
    }

    /** Stops following a durable topic. */
    void unfollow(String topic) {
        lock.lock();
        try {
            Following followed = sources == null ? null : sources.remove(topic);
            if (followed != null) {
                followed.stop();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops all sources of events; no event is delivered afterwards. Returns whether SUBSCRIBED has been sent. */
    boolean leave() {
        lock.lock();
        try {
            boolean opened = gate == Gate.OPEN;
            gate = Gate.LEFT;
            early = null;
            if (sources != null) {
                sources.values().forEach(Following::stop);
                sources = null;
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }
}
