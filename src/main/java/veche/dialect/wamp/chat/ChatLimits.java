package veche.dialect.wamp.chat;

import veche.room.Search;

/**
 * Limits of the chat's procedures.
 *
 * @param maxJoined the most rooms that a session has joined
 * @param maxHistory the most messages of one answer
 * @param search what searching a room may cost
 */
public record ChatLimits(int maxJoined, int maxHistory, Search.Limits search) {
    /** Suitable for a public server. */
    public static final ChatLimits DEFAULT = new ChatLimits(1_000, 1_000, Search.Limits.DEFAULT);
}
