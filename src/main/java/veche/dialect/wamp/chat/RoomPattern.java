package veche.dialect.wamp.chat;

import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriIndex;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;

/**
 * The room that a topic or pattern names explicitly. The topics {@code veche.room.x} and {@code veche.room.x.typing}
 * and the wildcard pattern {@code veche..x} name the room x, the prefix {@code veche.room.x} names all rooms whose name
 * starts with x, and {@code veche.room.} names none.
 *
 * @param name the room's name or its prefix; empty if no room is named
 * @param complete whether the name is complete rather than a prefix
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

    /**
     * Whether the client may enter the named room or, for a prefix, whether its token admits it to a room with that
     * prefix. True if no room is named. If false, the client must not learn of the subscribers either.
     */
    boolean admits(RoomSession roomSession) {
        if (name.isEmpty()) {
            return true;
        }
        return complete
                ? !RoomName.isValid(name) || roomSession.mayEnter(new RoomName(name))
                : roomSession.mayEnterAny(name);
    }

    /** @throws RefusedException if the client may not enter any room that this names */
    void check(RoomSession roomSession) {
        if (!admits(roomSession)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "The client may not enter any room that the pattern names");
        }
    }
}
