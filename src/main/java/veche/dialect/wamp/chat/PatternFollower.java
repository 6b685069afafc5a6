package veche.dialect.wamp.chat;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.router.Subscriber;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.Rooms;

/**
 * Pattern-based subscriptions. Each follows a room from the first message that is committed after the subscription, so
 * inactive rooms have no cost. A room is announced before that message becomes visible, so that a publisher's later
 * messages to other rooms cannot overtake it (basic profile, "Ordering Guarantees"). Thread-safe.
 */
final class PatternFollower {
    private static final System.Logger LOG = System.getLogger(PatternFollower.class.getName());

    /** Makes subscribers follow a room after the given position if their pattern matches it. Must not block. */
    @FunctionalInterface
    interface Appearance {
        void of(RoomName name, CompletionStage<Room> opening, long after, Collection<Subscriber> subscribers);
    }

    private final Rooms rooms;
    private final Appearance appearance;
    /** Subscribers by number, in the order of their subscription. */
    private final NavigableMap<Long, Subscriber> subscribers = new ConcurrentSkipListMap<>();

    private final Map<Subscriber, Long> numbers = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /**
     * The number of the last subscriber to which each room was announced. Guarded by the lock, as are the fields below.
     */
    private final Map<Room, Long> announced = new WeakHashMap<>();
    /** The same for rooms that are being opened. */
    private final Map<RoomName, Long> opening = new HashMap<>();

    private long last;

    PatternFollower(Rooms rooms, Appearance appearance) {
        this.rooms = rooms;
        this.appearance = appearance;
        rooms.beforeGrowth(this::growing);
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

    /** Logs failures: the caller is the log's writer thread. */
    private void growing(RoomName name, long before) {
        if (subscribers.isEmpty()) {
            return;
        }
        try {
            Collection<Subscriber> added = unannounced(name);
            if (!added.isEmpty()) {
                appearance.of(name, open(name), before, added);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Failed to announce room " + name + " to pattern subscriptions", e);
        }
    }

    /**
     * Returns the subscribers to which the room has not been announced. Any other already follows the room, does not
     * match it, or may not enter it.
     */
    private Collection<Subscriber> unannounced(RoomName name) {
        lock.lock();
        try {
            Optional<Room> room = rooms.opened(name);
            // Until the stage's callback has run, the number of a room that is open is still among those being opened.
            Long previous = room.map(announced::get).orElseGet(() -> opening.get(name));
            Collection<Subscriber> added = subscribers
                    .subMap(previous == null ? 0 : previous, false, last, true)
                    .values();
            if (!added.isEmpty()) {
                room.ifPresentOrElse(open -> announced.put(open, last), () -> opening.put(name, last));
            }
            return added;
        } finally {
            lock.unlock();
        }
    }

    private CompletionStage<Room> open(RoomName name) {
        return rooms.open(name).whenComplete((room, failure) -> opened(name, room, failure));
    }

    private void opened(RoomName name, Room room, @Nullable Throwable failure) {
        lock.lock();
        try {
            Long number = opening.remove(name);
            if (number != null && failure == null) {
                announced.merge(room, number, Math::max);
            }
        } finally {
            lock.unlock();
        }
        if (failure != null) {
            LOG.log(Level.WARNING, "Pattern subscriptions missed a message of room " + name, failure);
        }
    }
}
