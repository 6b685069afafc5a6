package veche.dialect.wamp.router;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;

/**
 * A publication as delivered to subscribers.
 *
 * @param publication the publication id
 * @param topic the topic of the publication
 * @param details the entries of EVENT's Details, the same for all subscribers
 */
public record Event(long publication, String topic, Map<String, @Nullable Object> details, Payload payload) {
    /** Returns a copy with a further entry in its details. */
    Event with(String key, Object value) {
        Map<String, @Nullable Object> more = new HashMap<>(details);
        more.put(key, value);
        return new Event(publication, topic, more, payload);
    }

    /**
     * Returns the event for subscriptions of the given policy: with the topic in its details unless the match is exact.
     */
    Event under(Match match) {
        return match == Match.EXACT ? this : with("topic", topic);
    }
}
