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

/** The registry of this node's open connections and of the most recently closed ones. Thread-safe. */
public class SessionRegistry {
    private static final int MAX_CLOSED = 50;

    private final Map<String, ConnectionHandler> open = new ConcurrentHashMap<>();
    private final ConnectionCounts counts = new ConnectionCounts();
    private final Deque<ClosedConnection> gone = new ArrayDeque<>(MAX_CLOSED);
    private final ReentrantLock lock = new ReentrantLock();

    void add(ConnectionHandler handler) {
        open.put(handler.id(), handler);
        counts.add(handler.handshake());
    }

    void remove(ConnectionHandler handler) {
        if (open.remove(handler.id()) != null) {
            counts.remove(handler.handshake());
            addClosed(ClosedConnection.of(handler));
        }
    }

    /**
     * A closed connection.
     *
     * @param author the client's identity according to its latest authentication, in the handshake or by WAMP
     * @param code the close code of either peer; 0 if there was none
     * @param reason the server's close reason; empty if there is none
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

    private void addClosed(ClosedConnection closed) {
        lock.lock();
        try {
            if (gone.size() == MAX_CLOSED) {
                gone.removeLast();
            }
            gone.addFirst(closed);
        } finally {
            lock.unlock();
        }
    }

    /** The most recently closed connections, the latest first. */
    public List<ClosedConnection> gone() {
        lock.lock();
        try {
            return List.copyOf(gone);
        } finally {
            lock.unlock();
        }
    }

    /** The handlers of all open connections. */
    public Collection<ConnectionHandler> all() {
        return open.values();
    }

    /**
     * Returns the state of all open connections, in no particular order. Inspects each of them, so it is meant for
     * requests on demand, not for periodic polling.
     *
     * @param roomSessions supplies the users authenticated by WAMP and the rooms they have joined
     */
    public List<ConnectionSnapshot> snapshot(RoomSessions roomSessions) {
        Map<String, RoomSession> byConnection = new HashMap<>();
        roomSessions.all().forEach(roomSession -> byConnection.put(roomSession.connection(), roomSession));
        return open.values().stream()
                .map(handler -> handler.snapshot(byConnection.get(handler.id())))
                .toList();
    }

    ConnectionCounts counts() {
        return counts;
    }

    /** The number of open connections. */
    public int size() {
        return open.size();
    }
}
