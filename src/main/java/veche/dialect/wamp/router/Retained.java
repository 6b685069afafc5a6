package veche.dialect.wamp.router;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import veche.dialect.wamp.message.Dict;
import veche.room.Audience;

/** The last event of each topic that was published with {@code retain} (advanced profile, "Event Retention"). */
final class Retained {
    private record Kept(Event event, Audience audience) {}

    private final Map<String, Kept> byTopic = new ConcurrentHashMap<>();
    private final int most;

    Retained(int most) {
        this.most = most;
    }

    /** Keeps it instead of the topic's former one; where there are too many topics, a new one is not kept. */
    void keep(Event event, Audience audience) {
        if (byTopic.size() < most || byTopic.containsKey(event.topic())) {
            byTopic.put(event.topic(), new Kept(event.with("retained", true), audience));
        }
    }

    /** Gives a new subscriber what matches, if it asks for it. */
    void give(Subscriber subscriber, Dict options) {
        if (!options.flag("get_retained")) {
            return;
        }
        Subscription subscription = subscriber.subscription();
        byTopic.forEach((topic, kept) -> {
            if (subscription.matches(topic) && kept.audience().admits(subscriber.session())) {
                Event event = kept.event().under(subscription);
                subscriber.session().peer().hear(new Delivery(subscription, event));
            }
        });
    }
}
