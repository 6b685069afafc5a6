package veche.dialect.wamp.router;

import java.util.HashMap;
import java.util.Map;
import veche.dialect.wamp.message.Payload;

/**
 * A publication as subscribers see it.
 *
 * @param publication its id
 * @param topic where it was published
 * @param details what goes into EVENT's Details, the same for all
 */
public record Event(long publication, String topic, Map<String, Object> details, Payload payload) {
    /** The same with one more detail. */
    Event with(String key, Object value) {
        Map<String, Object> more = new HashMap<>(details);
        more.put(key, value);
        return new Event(publication, topic, more, payload);
    }

    /** As subscribers of that kind receive it: with the topic, for those of a pattern. */
    Event under(Match match) {
        return match == Match.EXACT ? this : with("topic", topic);
    }
}
