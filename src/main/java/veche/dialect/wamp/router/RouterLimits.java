package veche.dialect.wamp.router;

import java.time.Duration;
import java.util.stream.Stream;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * Resource limits of the router.
 *
 * @param subscriptions the maximum number of subscriptions per session
 * @param registrations the maximum number of registrations per session
 * @param patterns the maximum number of pattern-based subscriptions per session, and of pattern-based registrations:
 *     each pattern adds to the cost of every publication or call
 * @param pending the maximum number of pending calls per caller, and per callee
 * @param waiting the maximum number of publications per session that are queued until earlier ones are committed
 * @param unauthorized the maximum number of requests per session that are queued until an asynchronous policy has
 *     decided on them
 * @param retained the maximum number of topics with a retained event, over all sessions
 * @param testaments the maximum number of testaments per session
 * @param timeoutMillis the maximum call timeout, in milliseconds
 * @param retention the limits of memory retained on behalf of users, by retained events and testaments
 */
public record RouterLimits(
        int subscriptions,
        int registrations,
        int patterns,
        int pending,
        int waiting,
        int unauthorized,
        int retained,
        int testaments,
        long timeoutMillis,
        Retention retention) {
    /**
     * Limits of memory that is retained after a request.
     *
     * @param userBytes the maximum heap for one user, in bytes
     * @param nodeBytes the maximum heap for all users of this node, in bytes
     * @param expiry how long an event is retained
     */
    public record Retention(long userBytes, long nodeBytes, Duration expiry) {
        private static final int NODE_SHARE = 16;

        /** 4 MiB per user, a sixteenth of the heap for all users, 7 days. */
        public static final Retention DEFAULT =
                new Retention(4 << 20, Runtime.getRuntime().maxMemory() / NODE_SHARE, Duration.ofDays(7));
    }

    /** The defaults for a public server. */
    public static final RouterLimits DEFAULT =
            new RouterLimits(10_000, 1_000, 256, 10_000, 10_000, 1_000, 10_000, 100, 86_400_000, Retention.DEFAULT);

    /**
     * Checks that a session may add a pattern.
     *
     * @param present the policies of its present subscriptions or registrations
     * @throws WampErrorException {@code veche.error.limit_reached}, where it has the maximum number of patterns
     */
    void checkPatterns(Stream<Match> present) {
        if (present.filter(match -> match != Match.EXACT).count() >= patterns) {
            throw new WampErrorException(Uri.LIMIT_REACHED, "A session has at most " + patterns + " patterns");
        }
    }
}
