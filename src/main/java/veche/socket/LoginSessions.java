package veche.socket;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open connections by the HTTP session in which the container authenticated their user. Thread-safe; the lock is
 * never held during a blocking operation.
 */
final class LoginSessions {
    /** The close reason of connections whose HTTP session has ended. */
    static final String LOGGED_OUT = "logged out";

    /** A handshake lasts shorter than as many logins. */
    private static final int MAX_ENDED = 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Set<ConnectionHandler>> connections = new HashMap<>();
    private final Map<ConnectionHandler, String> ids = new HashMap<>();
    /** The sessions that ended last: a connection may be opened after the end of its session. */
    private final Map<String, Boolean> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_ENDED;
        }
    };

    /** Adds an open connection; returns false if its session has ended. */
    boolean add(String session, ConnectionHandler connection) {
        lock.lock();
        try {
            if (ended.containsKey(session)) {
                return false;
            }
            ids.put(connection, session);
            connections.computeIfAbsent(session, id -> new HashSet<>()).add(connection);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes a closed connection. */
    void remove(ConnectionHandler connection) {
        lock.lock();
        try {
            String session = ids.remove(connection);
            if (session != null) {
                connections.computeIfPresent(session, (id, all) -> {
                    all.remove(connection);
                    return all.isEmpty() ? null : all;
                });
            }
        } finally {
            lock.unlock();
        }
    }

    /** A container changes the id of a session when its user logs in. */
    void rename(String before, String after) {
        lock.lock();
        try {
            Set<ConnectionHandler> all = connections.remove(before);
            if (all != null) {
                connections.put(after, all);
                all.forEach(connection -> ids.put(connection, after));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes and returns the connections of a session that has ended. */
    Set<ConnectionHandler> end(String session) {
        lock.lock();
        try {
            ended.put(session, true);
            Set<ConnectionHandler> all = connections.remove(session);
            if (all == null) {
                return Set.of();
            }
            all.forEach(ids::remove);
            return all;
        } finally {
            lock.unlock();
        }
    }
}
