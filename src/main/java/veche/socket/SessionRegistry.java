package veche.socket;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import veche.room.Author;
import veche.room.RoomSession;
import veche.room.RoomSessions;

/** All open connections of this node. Thread-safe. */
public class SessionRegistry {
    private static final int REMEMBERED = 50;

    private final Map<String, ConnectionHandler> open = new ConcurrentHashMap<>();
    private final Deque<ClosedConnection> gone = new ArrayDeque<>(REMEMBERED);
    private final ReentrantLock lock = new ReentrantLock();

    void add(ConnectionHandler handler) {
        open.put(handler.id(), handler);
    }

    void remove(ConnectionHandler handler) {
        if (open.remove(handler.id()) != null) {
            remember(ClosedConnection.of(handler));
        }
    }

    /**
     * A connection that has ended.
     *
     * @param author who it was, by the proof that came last: the handshake's, or WAMP's
     * @param code with which it was closed, whoever chose it; 0 where nobody told
     * @param reason where this server gave one, else empty
     */
    public record ClosedConnection(
            String id, Author author, String subprotocol, String path, Instant at, int code, String reason) {
        private static ClosedConnection of(ConnectionHandler handler) {
            return new ClosedConnection(
                    handler.id(),
                    handler.author(),
                    handler.handshake().subprotocol(),
                    handler.handshake().uri().getPath(),
                    Instant.now(),
                    handler.closeStatus().code(),
                    handler.closeStatus().reason());
        }
    }

    private void remember(ClosedConnection left) {
        lock.lock();
        try {
            if (gone.size() == REMEMBERED) {
                gone.removeLast();
            }
            gone.addFirst(left);
        } finally {
            lock.unlock();
        }
    }

    /** The connections that ended last, the newest first. */
    public List<ClosedConnection> gone() {
        lock.lock();
        try {
            return List.copyOf(gone);
        } finally {
            lock.unlock();
        }
    }

    public Collection<ConnectionHandler> all() {
        return open.values();
    }

    /**
     * All connections at this moment, in no order. Costs a look at each: for whoever asks, not for every second.
     *
     * @param roomSessions tells whom WAMP's own login named, and who is in which room
     */
    public List<ConnectionSnapshot> snapshot(RoomSessions roomSessions) {
        Map<String, RoomSession> byConnection = new HashMap<>();
        roomSessions.all().forEach(roomSession -> byConnection.put(roomSession.connection(), roomSession));
        return open.values().stream()
                .map(handler -> handler.snapshot(byConnection.get(handler.id())))
                .toList();
    }

    /** How many connections are open. */
    public int size() {
        return open.size();
    }
}
