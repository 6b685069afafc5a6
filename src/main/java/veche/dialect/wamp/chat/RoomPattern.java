package veche.dialect.wamp.chat;

import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriIndex;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;

/**
 * The room that a topic or pattern names, beside those that it may match: {@code veche.room.x}, {@code
 * veche.room.x.typing} and {@code veche..x} name the room x, the prefix {@code veche.room.x} all whose names begin like
 * that, {@code veche.room.} none.
 *
 * @param name the room's name, or its beginning; empty where none is named
 * @param complete whether no other name begins like that
 */
record RoomPattern(String name, boolean complete) {
    private static final RoomPattern NONE = new RoomPattern("", false);

    static RoomPattern of(Match match, String uri) {
        if (match == Match.WILDCARD) {
            String[] components = UriIndex.components(uri);
            boolean rooms = components.length >= 3 && isAny(components[0], "veche") && isAny(components[1], "room");
            return rooms ? new RoomPattern(components[2], true) : NONE;
        }
        if (!uri.startsWith(TopicNames.PREFIX)) {
            return NONE;
        }
        String rest = uri.substring(TopicNames.PREFIX.length());
        int end = rest.indexOf('.');
        return end < 0 ? new RoomPattern(rest, match == Match.EXACT) : new RoomPattern(rest.substring(0, end), true);
    }

    private static boolean isAny(String component, String literal) {
        return component.isEmpty() || component.equals(literal);
    }

    /** Whether a client may learn who subscribes to this: it names no room that the client may not enter. */
    boolean admits(RoomSession roomSession) {
        if (name.isEmpty()) {
            return true;
        }
        return complete
                ? !RoomName.isValid(name) || roomSession.mayEnter(new RoomName(name))
                : roomSession.mayEnterAny(name);
    }

    /** @throws RefusedException where this names a room that the client may not enter */
    void check(RoomSession roomSession) {
        if (!admits(roomSession)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "The pattern names a room that is not open to this client");
        }
    }
}
