package veche.dialect.wamp.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Broker;
import veche.room.ModerationAction;
import veche.room.RoomName;
import veche.room.Signal;

/**
 * Publishes the signals of a room as events on {@code veche.room.<room>.joined}, {@code .left}, {@code .typing} and
 * {@code .read}, and changes of its mode on {@code .mode}, with keyword arguments only. Only sessions that may enter
 * the room receive them; joins and leaves only those that may list its members.
 */
final class RoomSignalEvents {
    private RoomSignalEvents() {}

    static void publish(Broker broker, RoomName room, Signal signal) {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("room", room.value());
        kwargs.put("author", RoomEvents.dict(signal.author()));
        if (signal instanceof Signal.Read read) {
            RoomEvents.putPosition(kwargs, read.upTo());
        }
        String topic = TopicNames.topic(room) + "." + name(signal);
        broker.publish(
                topic,
                new Payload(List.of(), kwargs),
                to -> ChatSession.rooms(to).mayReceive(room, signal));
    }

    /** Publishes an action that sets or ends the mode of a room on {@code veche.room.<room>.mode}. */
    static void publishMode(Broker broker, ModerationAction action) {
        RoomName room = Objects.requireNonNull(action.room(), "room");
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("room", room.value());
        kwargs.put("mode", action.type().imposes().isPresent() ? ModerationActions.notice(action) : null);
        broker.publish(
                TopicNames.topic(room) + ".mode",
                new Payload(List.of(), kwargs),
                to -> ChatSession.rooms(to).mayEnter(room));
    }

    private static String name(Signal signal) {
        if (signal instanceof Signal.Joined) {
            return "joined";
        }
        if (signal instanceof Signal.Left) {
            return "left";
        }
        return signal instanceof Signal.Typing ? "typing" : "read";
    }
}
