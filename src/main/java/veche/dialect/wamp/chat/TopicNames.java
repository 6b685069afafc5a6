package veche.dialect.wamp.chat;

import veche.dialect.Failures;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.room.RefusedException;
import veche.room.RoomName;

/** The topics of rooms: {@code veche.room.<room>}. */
final class TopicNames {
    static final String PREFIX = "veche.room.";

    private TopicNames() {}

    static String topic(RoomName room) {
        return PREFIX + room.value();
    }

    /** Whether the topic has the form of a room topic, even if the room name is invalid. */
    static boolean isRoom(String topic) {
        return topic.startsWith(PREFIX) && topic.indexOf('.', PREFIX.length()) < 0;
    }

    static RoomName room(String topic) {
        try {
            return new RoomName(topic.substring(PREFIX.length()));
        } catch (RefusedException e) {
            throw new WampErrorException(Uri.INVALID_URI, Failures.message(e));
        }
    }
}
