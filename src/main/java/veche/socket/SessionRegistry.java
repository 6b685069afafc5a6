package veche.socket;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import veche.room.Visit;
import veche.room.Visits;

/** All open connections of this node. Thread-safe. */
public class SessionRegistry {
    private final Map<String, Dialogue> open = new ConcurrentHashMap<>();

    void add(Dialogue dialogue) {
        open.put(dialogue.id(), dialogue);
    }

    void remove(Dialogue dialogue) {
        open.remove(dialogue.id());
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
