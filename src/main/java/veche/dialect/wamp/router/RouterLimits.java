package veche.dialect.wamp.router;

import java.time.Duration;
import java.util.stream.Stream;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * What one session may cost.
 *
 * @param subscriptions the most subscriptions of a session
 * @param registrations the most registrations of a session
 * @param patterns the most subscriptions by pattern of a session, and the most registrations: each of them costs time at
 *     every publication or call
 * @param pending the most unanswered calls of a caller, and of a callee
 * @param waiting the most publications of a session that wait for earlier ones to be committed
 * @param retained the most topics with a retained event, over all sessions
 * @param testaments the most testaments of a session
 * @param timeoutMillis the longest call timeout, in milliseconds
 * @param retention what is retained on behalf of users: retained events and testaments
 */
public record RouterLimits(
        int subscriptions,
        int registrations,
        int patterns,
        int pending,
        int waiting,
        int retained,
        int testaments,
        long timeoutMillis,
        Retention retention) {
    /**
     * Bounds what outlives a request.
     *
     * @param userBytes the most heap for one user, in bytes
     * @param nodeBytes the most heap for all users of this node, in bytes
     * @param expiry how long an event is retained
     */
    public record Retention(long userBytes, long nodeBytes, Duration expiry) {
        private static final int NODE_SHARE = 16;

        /** 4 MiB for a user, a sixteenth of the heap for all, 7 days. */
        public static final Retention DEFAULT =
                new Retention(4 << 20, Runtime.getRuntime().maxMemory() / NODE_SHARE, Duration.ofDays(7));
    }

    /** What serves a public server. */
    public static final RouterLimits DEFAULT =
            new RouterLimits(10_000, 1_000, 256, 10_000, 10_000, 10_000, 100, 86_400_000, Retention.DEFAULT);

    /** @throws WampErrorException {@code veche.error.limit_reached}, where a session with these has no place for another pattern */
    void checkPatterns(Stream<Match> present) {
        if (present.filter(match -> match != Match.EXACT).count() >= patterns) {
            throw new WampErrorException(Uri.LIMIT_REACHED, "A session has at most " + patterns + " patterns");
        }
    }
}
