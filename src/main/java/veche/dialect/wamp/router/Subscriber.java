package veche.dialect.wamp.router;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import veche.dialect.Client.Following;
import veche.room.RoomName;

/**
 * One session's place in a subscription. It is closed until SUBSCRIBED has been sent: what is published in between waits
 * here, so that no event overtakes it and none is lost after it.
 */
final class Subscriber {
    private final Session session;
    private final Subscription subscription;
    private final ReentrantLock opening = new ReentrantLock();
    private final Queue<Runnable> early = new ArrayDeque<>();
    private final Map<RoomName, Following> rooms = new ConcurrentHashMap<>();
    private volatile boolean open;
    private volatile boolean left;

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

    void hear(Delivery delivery) {
        if (open) {
            session.peer().hear(delivery);
        } else {
            later(() -> session.peer().hear(delivery));
        }
    }

    /** Runs an action now if events flow already, else right after SUBSCRIBED. */
    void later(Runnable action) {
        opening.lock();
        try {
            if (!open) {
                early.add(action);
                return;
            }
        } finally {
            opening.unlock();
        }
        action.run();
    }

    /** Says SUBSCRIBED, then lets events flow. */
    void open(Runnable subscribed) {
        opening.lock();
        try {
            subscribed.run();
            early.forEach(Runnable::run);
            early.clear();
            open = true;
        } finally {
            opening.unlock();
        }
    }

    /** Follows a room, unless this subscriber does or has left. */
    void follow(RoomName room, Supplier<Following> start) {
        rooms.computeIfAbsent(room, name -> start.get());
        if (left) {
            stop();
        }
    }

    /** Follows a room from another position than before. */
    void followAnew(RoomName room, Supplier<Following> start) {
        Following before = rooms.remove(room);
        if (before != null) {
            before.stop();
        }
        follow(room, start);
    }

    /** Ends everything that brings events. */
    void leave() {
        left = true;
        stop();
    }

    private void stop() {
        rooms.keySet().forEach(name -> {
            Following following = rooms.remove(name);
            if (following != null) {
                following.stop();
            }
        });
    }
}
