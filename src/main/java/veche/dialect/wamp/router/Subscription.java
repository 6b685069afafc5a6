package veche.dialect.wamp.router;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A topic or pattern with its subscribers. All subscribers share one id, which allows an event to be encoded once for
 * all of them.
 */
public final class Subscription implements Directory.Entry {
    private final long id;
    private final Match match;
    private final String topic;
    private final Recipients observers;
    private final TopicInterests interests;
    private final CompletionStage<Void> announced;
    private final Instant created = Instant.now();
    private final Map<Session, Subscriber> subscribers = new ConcurrentHashMap<>();

    /**
     * Within {@link UriIndex#compute} only.
     *
     * @param observers the sessions that may see it
     */
    Subscription(long id, Match match, String topic, Recipients observers, TopicInterests interests) {
        this.id = id;
        this.match = match;
        this.topic = topic;
        this.observers = observers;
        this.interests = interests;
        this.announced = interests.add(match, topic);
    }

    /** Completes once the other nodes send events of the topic or pattern. */
    CompletionStage<Void> announced() {
        return announced;
    }

    @Override
    public void removed() {
        interests.remove(match, topic);
    }

    /** The subscription id, in the router scope. */
    @Override
    public long id() {
        return id;
    }

    /** The match policy. */
    @Override
    public Match match() {
        return match;
    }

    /** The topic or pattern. */
    @Override
    public String uri() {
        return topic;
    }

    /** The sessions that may see the subscription. */
    Recipients observers() {
        return observers;
    }

    /** Whether a session may see the subscription. */
    public boolean isVisibleTo(Session session) {
        return observers.include(session);
    }

    /** Whether events of a topic belong to the subscription. */
    public boolean matches(String published) {
        return match.matches(topic, published);
    }

    Subscriber join(Session session) {
        return subscribers.computeIfAbsent(session, s -> new Subscriber(s, this));
    }

    @Override
    public boolean leave(Session session) {
        return subscribers.remove(session) != null;
    }

    /** The subscribers at present. */
    public Collection<Subscriber> subscribers() {
        return subscribers.values();
    }

    @Override
    public boolean isEmpty() {
        return subscribers.isEmpty();
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", id);
        details.put("created", created.toString());
        details.put("uri", topic);
        details.put("match", match.wireName());
        return details;
    }
}
