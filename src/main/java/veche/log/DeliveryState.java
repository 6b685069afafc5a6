package veche.log;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog.Appended;
import veche.room.MessageLog.Listener;
import veche.room.RoomName;

/**
 * What the listener has been told of each room. Tells it what it missed: the messages of other nodes, and those of a
 * commit that failed and yet happened. Touched by the writer thread only.
 */
final class DeliveryState {
    private static final int PAGE = 1_000;

    /** Rooms that are not open, of which it is known what the listener has been told; the longest not written to go. */
    private static final int MOST_IDLE = 10_000;

    private final Map<RoomName, RoomBounds> rooms = new HashMap<>();
    private final Map<RoomName, Integer> handshakes = new HashMap<>();
    private final Set<RoomName> idle = new LinkedHashSet<>();
    private final Map<RoomName, Map<UUID, Draft>> unclear = new HashMap<>();
    private final Listener listener;
    private final Incidents incidents;

    DeliveryState(Listener listener, Incidents incidents) {
        this.listener = listener;
        this.incidents = incidents;
    }

    /** Brings the listener to where the transaction began. */
    void catchUp(Storage.Transaction transaction) throws StorageException {
        for (Map.Entry<RoomName, RoomBounds> room : transaction.bounds().entrySet()) {
            if (rooms.putIfAbsent(room.getKey(), room.getValue()) != null) {
                catchUp(transaction, room.getKey(), room.getValue());
            }
            unclear.remove(room.getKey());
            noteIdle(room.getKey());
        }
        forgetIdle();
    }

    private void noteIdle(RoomName room) {
        if (!handshakes.containsKey(room)) {
            idle.remove(room);
            idle.add(room);
        }
    }

    private void forgetIdle() {
        for (Iterator<RoomName> longest = idle.iterator(); idle.size() > MOST_IDLE; ) {
            rooms.remove(longest.next());
            longest.remove();
        }
    }

    /** The listener follows the room, once more. */
    void opened(RoomName room) {
        handshakes.merge(room, 1, Integer::sum);
        idle.remove(room);
    }

    /** The listener has no use for one opening of the room any more. */
    void released(RoomName room) {
        if (handshakes.computeIfPresent(room, (name, times) -> times == 1 ? null : times - 1) == null
                && rooms.containsKey(room)) {
            noteIdle(room);
            forgetIdle();
        }
    }

    private void catchUp(Storage.Transaction transaction, RoomName room, RoomBounds now) throws StorageException {
        if (now.first() > rooms.get(room).first()) {
            trimmed(room, now.first());
        }
        while (rooms.get(room).last() < now.last()) {
            List<Message> missed = transaction.after(room, rooms.get(room).last(), PAGE);
            if (missed.isEmpty()) {
                throw new StorageException(new IllegalStateException(room + " has lost messages"), false);
            }
            committed(missed.stream().map(this::fromElsewhere).toList());
        }
    }

    private Appended fromElsewhere(Message message) {
        Draft ours = unclear.getOrDefault(message.room(), Map.of()).get(message.id());
        return new Appended(message, ours == null ? draftOf(message) : ours, false);
    }

    /** For its audience alone; a message without content was deleted, or its edit replaced, which no draft can be. */
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

    /** Keeps the drafts of a commit that failed: should it have happened, their audiences still count. */
    void unclear(List<Appended> batch) {
        for (Appended appended : batch) {
            if (appended.draft().audience() != Audience.EVERYONE) {
                Message message = appended.message();
                unclear.computeIfAbsent(message.room(), room -> new HashMap<>()).put(message.id(), appended.draft());
            }
        }
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
}
