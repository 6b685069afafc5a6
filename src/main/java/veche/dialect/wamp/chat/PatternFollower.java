package veche.dialect.wamp.chat;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import veche.dialect.wamp.router.Subscriber;
import veche.room.Message;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/**
 * Pattern-based subscriptions. Each follows a room from the first message that is committed after the subscription, so
 * inactive rooms have no cost. Thread-safe.
 */
final class PatternFollower {
    private static final System.Logger LOG = System.getLogger(PatternFollower.class.getName());

    /** Makes subscribers follow a room after the given position if their pattern matches it. */
    @FunctionalInterface
    interface Appearance {
        void of(Room room, long after, Collection<Subscriber> subscribers);
    }

    private final Rooms rooms;
    private final Executor executor;
    private final Appearance appearance;
    /** Subscribers by number, in the order of their subscription. */
    private final NavigableMap<Long, Subscriber> subscribers = new ConcurrentSkipListMap<>();

    private final Map<Subscriber, Long> numbers = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    /**
     * The number of the last subscriber to which each room was announced. Guarded by the lock, as are the fields below.
     */
    private final Map<Room, Long> announced = new WeakHashMap<>();
    /** Rooms that are being opened, with the position before the message that caused it. */
    private final Map<RoomName, Long> opening = new HashMap<>();

    private long last;

    PatternFollower(Rooms rooms, Executor executor, Appearance appearance) {
        this.rooms = rooms;
        this.executor = executor;
        this.appearance = appearance;
        rooms.onGrowth(this::grown);
        rooms.onUnopened(this::unopened);
    }

    void add(Subscriber subscriber) {
        lock.lock();
        try {
            if (numbers.putIfAbsent(subscriber, last + 1) == null) {
                subscribers.put(++last, subscriber);
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(Subscriber subscriber) {
        Long number = numbers.remove(subscriber);
        if (number != null) {
            subscribers.remove(number);
        }
    }

    private void grown(Room room, long before) {
        if (!subscribers.isEmpty()) {
            announce(room, before);
        }
    }

    private void unopened(Message first) {
        RoomName name = first.room();
        if (subscribers.isEmpty() || !startOpening(name, first.position().number() - 1)) {
            return;
        }
        rooms.open(name).whenComplete((room, failure) -> {
            if (failure == null) {
                announce(room, room.tail());
            } else {
                forget(name);
                LOG.log(Level.WARNING, "Pattern subscriptions missed a message of room " + name, failure);
            }
        });
    }

    /** Returns false if the room is being opened already. */
    private boolean startOpening(RoomName room, long before) {
        lock.lock();
        try {
            return opening.putIfAbsent(room, before) == null;
        } finally {
            lock.unlock();
        }
    }

    private void forget(RoomName room) {
        lock.lock();
        try {
            opening.remove(room);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Announces a room once to each subscriber. A subscriber that was notified before already follows the room, does
     * not match it, or may not enter it.
     */
    private void announce(Room room, long before) {
        lock.lock();
        try {
            Long openedAfter = opening.remove(room.name());
            long after = openedAfter == null ? before : Math.min(openedAfter, before);
            Long previous = announced.put(room, last);
            long from = previous == null ? 0 : previous;
            long to = last;
            if (from < to) {
                enqueue(() -> appearance.of(
                        room, after, subscribers.subMap(from, false, to, true).values()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Preserves the order of a publisher's messages to several rooms (basic profile, "Ordering Guarantees"). */
    private void enqueue(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            try {
                tasks.remove().run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "Failed to announce a room to pattern subscriptions", e);
            }
        } while (pending.decrementAndGet() > 0);
    }
}
