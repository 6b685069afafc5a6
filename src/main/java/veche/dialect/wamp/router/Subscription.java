package veche.dialect.wamp.router;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A topic or pattern with all who subscribe to it: one id for everyone, which is what lets an event be worded once for
 * all of them.
 */
public final class Subscription {
    private final long id;
    private final Match match;
    private final String topic;
    private final Instant created = Instant.now();
    private final Map<Session, Subscriber> subscribers = new ConcurrentHashMap<>();

    Subscription(long id, Match match, String topic) {
        this.id = id;
        this.match = match;
        this.topic = topic;
    }

    /** Its id, of the router scope. */
    public long id() {
        return id;
    }

    /** How topics are matched. */
    public Match match() {
        return match;
    }

    /** The topic or pattern. */
    public String topic() {
        return topic;
    }

    boolean matches(String published) {
        return match.matches(topic, published);
    }

    Subscriber join(Session session) {
        return subscribers.computeIfAbsent(session, s -> new Subscriber(s, this));
    }

    /** Takes a session out. */
    boolean leave(Session session) {
        return subscribers.remove(session) != null;
    }

    Collection<Subscriber> subscribers() {
        return subscribers.values();
    }

    boolean isEmpty() {
        return subscribers.isEmpty();
    }

    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", id);
        details.put("created", created.toString());
        details.put("uri", topic);
        details.put("match", match.wireName());
        return details;
    }
}
