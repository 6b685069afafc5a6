package veche.room;

import java.lang.System.Logger.Level;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import veche.room.MessageLog.Extent;

/**
 * The rooms open on this node, each updated as the log grows. A room without subscribers and without cached messages is
 * reclaimed by the garbage collector and then released. Thread-safe and non-blocking.
 */
final class OpenRooms implements MessageLog.Listener {
    private static final System.Logger LOG = System.getLogger(OpenRooms.class.getName());

    private final Map<RoomName, PendingRoom> rooms = new ConcurrentHashMap<>();
    private final ReferenceQueue<Room> released = new ReferenceQueue<>();
    private final List<ObjLongConsumer<Room>> growthListeners = new CopyOnWriteArrayList<>();
    private final List<ObjLongConsumer<RoomName>> imminentGrowthListeners = new CopyOnWriteArrayList<>();
    private final MessageLog log;
    private final Room.Recent recent;
    private final CacheBudget cacheBudget;
    private volatile long sequence;
    private volatile Runnable stateListener = () -> {};
    private volatile Runnable restartListener = () -> {};

    /** Must be registered as the log's {@link MessageLog#listen listener}; otherwise rooms receive no messages. */
    OpenRooms(MessageLog log, Room.Recent recent) {
        this.log = log;
        this.recent = recent;
        this.cacheBudget = new CacheBudget(recent.nodeBytes());
    }

    /** As {@link Rooms#onGrowth}. */
    void onGrowth(ObjLongConsumer<Room> listener) {
        growthListeners.add(listener);
    }

    /** As {@link Rooms#beforeGrowth}. */
    void beforeGrowth(ObjLongConsumer<RoomName> listener) {
        imminentGrowthListeners.add(listener);
    }

    /** Calls {@code listener} on the log's writer thread after another node has changed the state of rooms or users. */
    void onStateChange(Runnable listener) {
        stateListener = listener;
    }

    /** As {@link Rooms#onRestart}. */
    void onRestart(Runnable listener) {
        restartListener = listener;
    }

    /** As {@link Rooms#open()}. */
    int count() {
        forgetReleased();
        return rooms.size();
    }

    /** As {@link Rooms#sequence}. */
    long sequence() {
        return sequence;
    }

    /** As {@link Rooms#opened}. */
    Optional<Room> opened(RoomName name) {
        return Optional.ofNullable(rooms.get(name)).map(PendingRoom::received);
    }

    /** As {@link Rooms#open(RoomName)}. */
    CompletionStage<Room> open(RoomName name) {
        forgetReleased();
        CompletionStage<Room> stage = null;
        while (stage == null) {
            PendingRoom known = rooms.get(name);
            stage = known == null ? null : known.stage();
            PendingRoom pending = new PendingRoom(name, released);
            if (stage == null && put(known, pending)) {
                stage = pending.stage();
                load(pending);
            }
        }
        return stage;
    }

    private boolean put(@Nullable PendingRoom known, PendingRoom pending) {
        return known == null
                ? rooms.putIfAbsent(pending.name(), pending) == null
                : rooms.replace(pending.name(), known, pending);
    }

    private void load(PendingRoom pending) {
        log.open(pending.name()).whenComplete((extent, failure) -> {
            if (failure == null) {
                opened(pending, extent);
            } else {
                failed(pending, failure);
            }
        });
    }

    private void forgetReleased() {
        for (Reference<?> held = released.poll(); held != null; held = released.poll()) {
            PendingRoom pending = ((PendingRoom.Held) held).pending();
            rooms.remove(pending.name(), pending);
            log.release(pending.name());
        }
    }

    private void failed(PendingRoom pending, Throwable failure) {
        rooms.remove(pending.name(), pending);
        pending.fail(failure);
    }

    /**
     * Handles all exceptions, since the calling stage discards them and the callers of {@link #open} would wait
     * forever.
     */
    private void opened(PendingRoom pending, Extent extent) {
        Room room;
        try {
            room = new Room(pending.name(), pending.withoutDeferred(extent), log, recent);
        } catch (RuntimeException | Error e) {
            log.release(pending.name());
            failed(pending, e);
            return;
        }
        try {
            if (pending.done(room, extent.last())) {
                grown(Map.of(room, extent.last()));
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Room " + room.name() + ": growth listeners were not notified after opening", e);
        }
    }

    private void grown(Map<Room, Long> tailsBefore) {
        growthListeners.forEach(listener -> tailsBefore.forEach(listener::accept));
    }

    @Override
    public void committed(List<MessageLog.Appended> batch) {
        forgetReleased();
        Map<Room, Long> tailsBefore = new LinkedHashMap<>();
        long next = sequence;
        try {
            for (MessageLog.Appended appended : batch) {
                if (!appended.repeated()) {
                    next = committed(appended.message(), next, appended.draft().audience(), tailsBefore);
                }
            }
            grown(tailsBefore);
        } finally {
            // Published last: a reader of this number relies on the listeners having received all commits up to it.
            sequence = next;
        }
    }

    /** Returns the sequence after the message; it advances only if the message belongs to an open or pending room. */
    private long committed(Message message, long sequence, Audience audience, Map<Room, Long> tailsBefore) {
        PendingRoom pending = rooms.get(message.room());
        Room open = pending == null ? null : pending.room();
        if (open == null) {
            announce(message);
            // A listener may have begun to open the room.
            pending = rooms.get(message.room());
            if (pending != null && pending.defer(message, sequence + 1, audience)) {
                return sequence + 1;
            }
            open = pending == null ? null : pending.room();
            if (open == null) {
                return sequence;
            }
            tailsBefore.putIfAbsent(open, open.tail());
        } else if (tailsBefore.putIfAbsent(open, open.tail()) == null) {
            announce(message);
        }
        open.grow(message, sequence + 1, audience);
        cacheBudget.grown(open);
        return sequence + 1;
    }

    private void announce(Message message) {
        grewUnopened(message.room(), message.position().number() - 1);
    }

    @Override
    public void grewUnopened(RoomName room, long after) {
        imminentGrowthListeners.forEach(listener -> listener.accept(room, after));
    }

    @Override
    public void restarted() {
        LOG.log(Level.WARNING, "The log was restored to an earlier state; all clients have to reconnect");
        rooms.clear();
        cacheBudget.clear();
        restartListener.run();
    }

    @Override
    public void stateChanged() {
        stateListener.run();
    }

    @Override
    public void erased(RoomName name, String author) {
        PendingRoom pending = rooms.get(name);
        Room open = pending == null ? null : pending.room();
        if (open != null) {
            open.erase(author);
        }
    }

    @Override
    public void forgotten(String author) {
        rooms.keySet().forEach(name -> erased(name, author));
    }

    @Override
    public void trimmed(RoomName name, long first) {
        PendingRoom pending = rooms.get(name);
        if (pending != null) {
            pending.trim(first);
        }
    }
}
