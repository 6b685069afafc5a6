package veche.dialect.wamp.chat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.EventFormat;
import veche.room.Author;
import veche.room.Message;
import veche.room.Position;

/**
 * Encodes the messages of a room as events; subscribers with equal parameters share the frames.
 *
 * @param subscription the subscription ID
 * @param format the event format of the protocol version and serialization
 * @param pattern whether the details contain the topic
 * @param resuming whether the details contain the position
 */
public record RoomEvents(long subscription, EventFormat format, boolean pattern, boolean resuming)
        implements MessageEncoder {
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public Frame encode(Message message) {
        return format.encode(subscription, event(message, pattern, resuming));
    }

    @Override
    public List<Frame> batch(List<Frame> frames) {
        return format.batch(frames);
    }

    /** Converts a message to an event. */
    public static Event event(Message message, boolean pattern, boolean resuming) {
        String topic = TopicNames.topic(message.room());
        Map<String, Object> details = new HashMap<>();
        if (pattern) {
            details.put("topic", topic);
        }
        if (resuming) {
            details.put("_position", message.position().number());
        }
        List<Object> args = message.text() == null ? List.of() : List.of(visible(message.text()));
        return new Event(publication(message), topic, details, new Payload(args, dict(message)));
    }

    /** The publication ID: 53 random bits of the message's UUIDv7, so that it is the same on every node. */
    static long publication(Message message) {
        return (message.id().getLeastSignificantBits() & Ids.MAX - 1) + 1;
    }

    /** Converts a message to a dict, as procedures and events contain it. */
    public static Map<String, Object> dict(Message message) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("id", message.id().toString());
        dict.put("room", message.room().value());
        putPosition(dict, message.position());
        dict.put("at", time(message.at()));
        dict.put("author", dict(message.author()));
        dict.put("kind", message.kind().wireName());
        putIfAny(dict, "text", visible(message.text()));
        putIfAny(dict, "name", visible(message.name()));
        putIfAny(dict, "data", message.data());
        putIfAny(dict, "deleted", message.isDeleted() ? true : null);
        putIfAny(
                dict,
                "target",
                message.target() == null ? null : message.target().toString());
        putIfAny(dict, "key", message.key());
        return dict;
    }

    static void putPosition(Map<String, Object> dict, Position position) {
        dict.put("epoch", position.epoch());
        dict.put("position", position.number());
    }

    /**
     * Replaces an initial U+0000 with U+2400. In JSON it would mark binary data, and clients close the connection if no
     * valid base64 follows.
     */
    static @Nullable String visible(@Nullable String text) {
        return text != null && text.startsWith("\0") ? '\u2400' + text.substring(1) : text;
    }

    static void putIfAny(Map<String, Object> dict, String key, @Nullable Object value) {
        if (value != null) {
            dict.put(key, value);
        }
    }

    static Map<String, Object> dict(Author author) {
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("id", author.id());
        dict.put("name", author.name());
        putIfAny(dict, "guest", author.isGuest() ? true : null);
        return dict;
    }

    static String time(Instant at) {
        return RFC_3339.format(at);
    }
}
