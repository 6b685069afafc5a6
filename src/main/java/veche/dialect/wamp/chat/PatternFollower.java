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
 * Subscriptions by pattern. Each follows a room from the first message on that is committed after it: so it costs nothing
 * for rooms in which nothing happens, however many there are. Thread-safe.
 */
final class PatternFollower {
    private static final System.Logger LOG = System.getLogger(PatternFollower.class.getName());

    /** Lets subscribers follow a room behind that position, where their pattern matches it. */
    @FunctionalInterface
    interface Appearance {
        void of(Room room, long after, Collection<Subscriber> subscribers);
    }

    private final Rooms rooms;
    private final Executor executor;
    private final Appearance appearance;
    /** In the order in which they came. */
    private final NavigableMap<Long, Subscriber> subscribers = new ConcurrentSkipListMap<>();

    private final Map<Subscriber, Long> numbers = new ConcurrentHashMap<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    /** To which subscriber on each room has been announced. Touched with the lock only, as what follows. */
    private final Map<Room, Long> announced = new WeakHashMap<>();
    /** The position before the message because of which a room is being opened. */
    private final Map<RoomName, Long> arriving = new HashMap<>();

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
        if (subscribers.isEmpty() || !arrives(name, first.position().number() - 1)) {
            return;
        }
        rooms.open(name).whenComplete((room, failure) -> {
            if (failure == null) {
                announce(room, room.tail());
            } else {
                forget(name);
                LOG.log(Level.WARNING, "Subscriptions by pattern miss a message of room " + name, failure);
            }
        });
    }

    /** False where the room is being opened already. */
    private boolean arrives(RoomName room, long before) {
        lock.lock();
        try {
            return arriving.putIfAbsent(room, before) == null;
        } finally {
            lock.unlock();
        }
    }

    private void forget(RoomName room) {
        lock.lock();
        try {
            arriving.remove(room);
        } finally {
            lock.unlock();
        }
    }

    /** Once to each subscriber: whoever has been told follows the room, or must not. */
    private void announce(Room room, long before) {
        lock.lock();
        try {
            Long arrived = arriving.remove(room.name());
            long after = arrived == null ? before : Math.min(arrived, before);
            Long told = announced.put(room, last);
            long from = told == null ? 0 : told;
            long to = last;
            if (from < to) {
                enqueue(() -> appearance.of(
                        room, after, subscribers.subMap(from, false, to, true).values()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** In order: what a publisher sends to two rooms arrives as it was sent (WAMP, "Ordering Guarantees"). */
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
                LOG.log(Level.ERROR, "Subscriptions by pattern miss a room", e);
            }
        } while (pending.decrementAndGet() > 0);
    }
}
