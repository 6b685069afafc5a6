package veche.dialect.wamp.router;

import veche.room.Search;

/**
 * What one session may cost.
 *
 * @param subscriptions the most subscriptions of a session
 * @param registrations the most registrations of a session
 * @param pending the most unanswered calls of a caller, and of a callee
 * @param waiting the most publications of a session that wait for earlier ones to be committed
 * @param retained the most topics with a retained event, over all sessions
 * @param testaments the most testaments of a session
 * @param patternRooms the most rooms that one pattern subscription may match
 * @param history the most messages of one answer
 * @param timeoutMillis the longest call timeout, in milliseconds
 * @param search what searching a room may cost
 */
public record RouterLimits(
        int subscriptions,
        int registrations,
        int pending,
        int waiting,
        int retained,
        int testaments,
        int patternRooms,
        int history,
        long timeoutMillis,
        Search.Limits search) {
    /** What serves a public server. */
    public static final RouterLimits DEFAULT = new RouterLimits(
            100_000, 10_000, 10_000, 10_000, 10_000, 100, 1_000, 1_000, 86_400_000, Search.Limits.DEFAULT);
}
