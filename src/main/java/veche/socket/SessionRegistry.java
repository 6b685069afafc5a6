package veche.socket;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

    /** How many connections are open. */
    public int size() {
        return open.size();
    }
}
