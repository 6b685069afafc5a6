package veche.dialect.wamp.chat;

import veche.room.text.Search;

/**
 * Limits of the chat procedures.
 *
 * @param maxJoined the maximum number of rooms that a session may join
 * @param maxHistory the maximum number of entries in a result
 * @param search the limits for searching a room
 */
public record ChatLimits(int maxJoined, int maxHistory, Search.Limits search) {
    /** Suitable for a public server. */
    public static final ChatLimits DEFAULT = new ChatLimits(1_000, 1_000, Search.Limits.DEFAULT);
}
