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
import veche.room.Visit;
import veche.room.Visits;

/** All open connections of this node. Thread-safe. */
public class SessionRegistry {
    private static final int REMEMBERED = 50;

    private final Map<String, Dialogue> open = new ConcurrentHashMap<>();
    private final Deque<Gone> gone = new ArrayDeque<>(REMEMBERED);
    private final ReentrantLock lock = new ReentrantLock();

    void add(Dialogue dialogue) {
        open.put(dialogue.id(), dialogue);
    }

    void remove(Dialogue dialogue) {
        if (open.remove(dialogue.id()) != null) {
            remember(Gone.of(dialogue));
        }
    }

    /**
     * A connection that has ended.
     *
     * @param author who it was, by the proof that came last: the handshake's, or WAMP's
     * @param code with which it was closed, whoever chose it; 0 where nobody told
     * @param reason where this server gave one, else empty
     */
    public record Gone(String id, Author author, String subprotocol, String path, Instant at, int code, String reason) {
        private static Gone of(Dialogue dialogue) {
            return new Gone(
                    dialogue.id(),
                    dialogue.author(),
                    dialogue.opening().subprotocol(),
                    dialogue.opening().uri().getPath(),
                    Instant.now(),
                    dialogue.ending().code(),
                    dialogue.ending().reason());
        }
    }

    private void remember(Gone left) {
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
    public List<Gone> gone() {
        lock.lock();
        try {
            return List.copyOf(gone);
        } finally {
            lock.unlock();
        }
    }

    Collection<Dialogue> all() {
        return open.values();
    }

    /**
     * All connections at this moment, in no order. Costs a look at each: for whoever asks, not for every second.
     *
     * @param visits tells whom WAMP's own login named, and who is in which room
     */
    public List<ConnectionSnapshot> snapshot(Visits visits) {
        Map<String, Visit> byConnection = new HashMap<>();
        visits.all().forEach(visit -> byConnection.put(visit.connection(), visit));
        return open.values().stream()
                .map(dialogue -> dialogue.snapshot(byConnection.get(dialogue.id())))
                .toList();
    }

    /** How many connections are open. */
    public int size() {
        return open.size();
    }
}
