package veche.room;

import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The rooms that somebody has opened here since start; each grows as the log does. Thread-safe; nothing here blocks. */
final class OpenRooms implements MessageLog.Listener {
    private static final System.Logger LOG = System.getLogger(OpenRooms.class.getName());

    private final Map<RoomName, Opening> rooms = new ConcurrentHashMap<>();
    private final List<Consumer<Room>> growthListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Message>> unopenedListeners = new CopyOnWriteArrayList<>();
    private final MessageLog log;
    private final Room.Recent recent;
    private final Memory memory;
    private volatile long sequence;

    /** Must be made the log's {@link MessageLog#listen listener}: without that no room grows. */
    OpenRooms(MessageLog log, Room.Recent recent) {
        this.log = log;
        this.recent = recent;
        this.memory = new Memory(recent.nodeBytes());
    }

    /** As {@link Rooms#onGrowth}. */
    void onGrowth(Consumer<Room> listener) {
        growthListeners.add(listener);
    }

    /** As {@link Rooms#onUnopened}. */
    void onUnopened(Consumer<Message> listener) {
        unopenedListeners.add(listener);
    }

    int count() {
        return rooms.size();
    }

    Set<RoomName> names() {
        return rooms.keySet();
    }

    /** As {@link Rooms#sequence}. */
    long sequence() {
        return sequence;
    }

    /** As {@link Rooms#opened}. */
    Optional<Room> opened(RoomName name) {
        return Optional.ofNullable(rooms.get(name)).map(Opening::room);
    }

    /** As {@link Rooms#open(RoomName)}. */
    CompletionStage<Room> open(RoomName name) {
        Opening known = rooms.get(name);
        if (known != null) {
            return known.stage();
        }
        Opening opening = new Opening();
        Opening raced = rooms.putIfAbsent(name, opening);
        if (raced != null) {
            return raced.stage();
        }
        log.open(name).whenComplete((extent, failure) -> {
            if (failure == null) {
                opened(name, opening, extent);
            } else {
                failed(name, opening, failure);
            }
        });
        return opening.stage();
    }

    private void failed(RoomName name, Opening opening, Throwable failure) {
        rooms.remove(name, opening);
        opening.fail(failure);
    }

    /** A stage discards what its action throws: whoever asked for the room would wait for it without an end. */
    private void opened(RoomName name, Opening opening, Extent extent) {
        Room room;
        try {
            room = new Room(name, extent, log, recent);
        } catch (RuntimeException | Error e) {
            failed(name, opening, e);
            return;
        }
        try {
            if (opening.done(room)) {
                grown(List.of(room));
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Room " + room.name() + " has grown while it opened, which not all know", e);
        }
    }

    private void grown(Collection<Room> woken) {
        growthListeners.forEach(woken::forEach);
    }

    @Override
    public void committed(List<MessageLog.Appended> batch) {
        Set<Room> woken = new LinkedHashSet<>();
        long next = sequence;
        for (MessageLog.Appended appended : batch) {
            Opening opening = rooms.get(appended.message().room());
            if (opening != null && !appended.repeated()) {
                Room room = opening.grow(
                        appended.message(), ++next, appended.draft().audience());
                if (room != null) {
                    memory.grown(room);
                    woken.add(room);
                }
            } else if (!appended.repeated()) {
                unopenedListeners.forEach(listener -> listener.accept(appended.message()));
            }
        }
        grown(woken);
        // Last, so that whoever reads this number knows that the listeners have heard of all up to it.
        sequence = next;
    }

    @Override
    public void trimmed(RoomName name, long first) {
        Opening opening = rooms.get(name);
        if (opening != null) {
            opening.trim(first);
        }
    }
}
