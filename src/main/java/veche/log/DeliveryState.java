package veche.log;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog.Appended;
import veche.room.MessageLog.Listener;
import veche.room.RoomName;

/**
 * The bounds of each room as last reported to the listener. Delivers the messages that the listener missed: those of
 * other nodes, and those of a commit that reported a failure but took effect. Accessed by the writer thread only.
 */
final class DeliveryState {
    private static final int PAGE_SIZE = 1_000;

    /** Maximum number of rooms whose state is kept while they are not open; the least recently used are evicted. */
    private static final int MAX_IDLE = 10_000;

    /** Reads as {@link Storage#after}. */
    @FunctionalInterface
    interface MessageReader {
        List<Message> after(RoomName room, long position, int limit) throws StorageException;
    }

    private final Map<RoomName, RoomBounds> rooms = new HashMap<>();
    private final Map<RoomName, Integer> openCounts = new HashMap<>();
    private final Set<RoomName> idle = new LinkedHashSet<>();
    private final Map<RoomName, Map<UUID, Draft>> unresolved = new HashMap<>();
    private final Listener listener;
    private final Incidents incidents;

    DeliveryState(Listener listener, Incidents incidents) {
        this.listener = listener;
        this.incidents = incidents;
    }

    /** Delivers to the listener everything that was committed before the transaction began. */
    void catchUp(Storage.Transaction transaction) throws StorageException {
        for (Map.Entry<RoomName, RoomBounds> room : transaction.bounds().entrySet()) {
            RoomBounds known = rooms.putIfAbsent(room.getKey(), room.getValue());
            if (known != null) {
                catchUp(transaction::after, room.getKey(), known, room.getValue());
            }
            unresolved.remove(room.getKey());
            markIdle(room.getKey());
        }
    }

    /** From their present bounds on, the messages of the transaction's rooms are delivered, as the feed is read. */
    void follow(Storage.Transaction transaction) {
        transaction.bounds().forEach((room, bounds) -> {
            rooms.putIfAbsent(room, bounds);
            markIdle(room);
        });
    }

    /** From their present bounds on, which are read without a lock, the messages of the rooms are delivered. */
    void follow(Storage.Transaction transaction, Collection<RoomName> opening) throws StorageException {
        List<RoomName> unknown =
                opening.stream().filter(room -> !rooms.containsKey(room)).toList();
        if (!unknown.isEmpty()) {
            rooms.putAll(transaction.bounds(unknown));
        }
        opening.forEach(this::markIdle);
    }

    /** The rooms whose messages are delivered. */
    Set<RoomName> rooms() {
        return Set.copyOf(rooms.keySet());
    }

    /** The bounds of a room as delivered; null if its messages are not. */
    @Nullable
    RoomBounds known(RoomName room) {
        return rooms.get(room);
    }

    /** Delivers to the listener what is missing up to the present bounds of rooms. */
    void catchUp(Map<RoomName, RoomBounds> present, MessageReader reader) throws StorageException {
        for (Map.Entry<RoomName, RoomBounds> room : present.entrySet()) {
            RoomBounds known = rooms.get(room.getKey());
            if (known != null) {
                catchUp(reader, room.getKey(), known, room.getValue());
            }
        }
    }

    /** Delivers messages of another node, which continue those delivered before. */
    void deliver(List<Message> messages) {
        committed(messages.stream().map(this::toAppended).toList());
    }

    /** Messages up to a position that have not been delivered, if there are any, were deleted by retention. */
    void skipTo(RoomName room, long last) {
        RoomBounds known = rooms.get(room);
        if (known != null && known.last() < last) {
            trimmed(room, last + 1);
        }
    }

    /** Another node has deleted the messages before a position. */
    void trimmedElsewhere(RoomName room, long first) {
        RoomBounds known = rooms.get(room);
        if (known != null && known.first() < first) {
            trimmed(room, first);
        }
    }

    /** Another node has appended messages after a position to a room whose messages are not delivered. */
    void grewUnopened(RoomName room, long after) {
        incidents.guard(() -> listener.grewUnopened(room, after));
    }

    /** The log begins a new epoch, in which no room is open. */
    void restarted() {
        rooms.clear();
        openCounts.clear();
        idle.clear();
        unresolved.clear();
        incidents.guard(listener::restarted);
    }

    /** Another node has changed the state of rooms or users. */
    void changed() {
        incidents.guard(listener::stateChanged);
    }

    private void markIdle(RoomName room) {
        if (!openCounts.containsKey(room)) {
            idle.remove(room);
            idle.add(room);
        }
    }

    /** Ends the delivery to the rooms that have been idle for the longest time. */
    void evictIdle() {
        for (Iterator<RoomName> oldest = idle.iterator(); idle.size() > MAX_IDLE; ) {
            rooms.remove(oldest.next());
            oldest.remove();
        }
    }

    /**
     * The listener opens the room; each call requires a call of {@link #released}.
     *
     * @return the bounds of the room as delivered: what has been committed since is delivered later
     */
    RoomBounds opened(RoomName room) {
        openCounts.merge(room, 1, Integer::sum);
        idle.remove(room);
        return Objects.requireNonNull(rooms.get(room));
    }

    /** The listener has released the room once. */
    void released(RoomName room) {
        if (openCounts.computeIfPresent(room, (name, times) -> times == 1 ? null : times - 1) == null
                && rooms.containsKey(room)) {
            markIdle(room);
            evictIdle();
        }
    }

    private void catchUp(MessageReader reader, RoomName room, RoomBounds known, RoomBounds now)
            throws StorageException {
        if (now.first() > known.first()) {
            trimmed(room, now.first());
        }
        for (long last = Math.max(known.last(), now.first() - 1); last < now.last(); ) {
            List<Message> missed = reader.after(room, last, PAGE_SIZE);
            if (missed.isEmpty()) {
                throw new StorageException(new IllegalStateException("Messages missing in room " + room), false);
            }
            committed(missed.stream().map(this::toAppended).toList());
            last = missed.get(missed.size() - 1).position().number();
        }
    }

    private Appended toAppended(Message message) {
        Draft ours = unresolved.getOrDefault(message.room(), Map.of()).get(message.id());
        return new Appended(message, ours == null ? draftOf(message) : ours, false);
    }

    /**
     * A substitute draft, used for its audience only. A draft requires content, so a deleted message or superseded edit
     * becomes a draft with empty content.
     */
    private static Draft draftOf(Message message) {
        boolean file = message.kind() == Kind.FILE;
        return new Draft(
                message.author(),
                message.kind(),
                message.text() == null && message.kind() != Kind.DELETE && !file ? "" : message.text(),
                message.name(),
                message.data() == null && file ? ByteBuffer.allocate(0) : message.data(),
                message.target(),
                message.key(),
                Audience.EVERYONE);
    }

    /** Messages of this node that will be delivered as they are found in the storage, to their audiences. */
    void expect(List<Appended> batch) {
        for (Appended appended : batch) {
            if (appended.draft().audience() != Audience.EVERYONE) {
                Message message = appended.message();
                unresolved
                        .computeIfAbsent(message.room(), room -> new HashMap<>())
                        .put(message.id(), appended.draft());
            }
        }
    }

    /** Everything that was committed in the rooms has been delivered. */
    void delivered(Collection<RoomName> complete) {
        unresolved.keySet().removeAll(complete);
    }

    void committed(List<Appended> batch) {
        if (batch.isEmpty()) {
            return;
        }
        for (Appended appended : batch) {
            Message message = appended.message();
            rooms.computeIfPresent(
                    message.room(),
                    (room, was) -> new RoomBounds(
                            was.first(),
                            message.position().number(),
                            message.at().toEpochMilli()));
        }
        incidents.guard(() -> listener.committed(batch));
    }

    void trimmed(RoomName room, long first) {
        rooms.computeIfPresent(
                room, (name, was) -> new RoomBounds(first, Math.max(was.last(), first - 1), was.lastAt()));
        incidents.guard(() -> listener.trimmed(room, first));
    }

    void forgotten(String author) {
        incidents.guard(() -> listener.forgotten(author));
    }

    void erased(RoomName room, String author) {
        incidents.guard(() -> listener.erased(room, author));
    }
}
