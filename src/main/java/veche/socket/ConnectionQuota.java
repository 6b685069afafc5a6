package veche.socket;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import veche.dialect.HandshakeInfo;
import veche.limit.Rate;
import veche.limit.RateLimiter;
import veche.limit.Refusals;
import veche.socket.handshake.ClientAddress;
import veche.socket.handshake.LogValue;
import veche.socket.handshake.Rejection;

/**
 * Limits the handshakes per second and the open connections of one client address, and the connections of one user. A
 * rejected handshake is answered 429 with {@code Retry-After} (RFC 6585 §4). Handshakes that are concurrent may exceed
 * the number of connections by the burst of handshakes. Loopback addresses are exempt: behind a proxy on the same host
 * that is not in {@code veche.trusted-proxies}, all clients have one. Users with an exempt role have any number of
 * connections. Thread-safe.
 */
public final class ConnectionQuota {
    private static final System.Logger LOG = System.getLogger(ConnectionQuota.class.getName());
    /** A suggestion only: when a connection will be closed is unknown. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    /**
     * The limits.
     *
     * @param handshakesPerAddress the maximum rate of handshakes per address; empty for any
     * @param connectionsPerAddress the open connections per address; 0 for any number
     * @param connectionsPerUser the open connections per user, also guests that have a secret; 0 for any number
     */
    public record Limits(Optional<Rate> handshakesPerAddress, int connectionsPerAddress, int connectionsPerUser) {
        /** 50 handshakes per second with a burst of 200, 500 connections per address, 50 per user. */
        public static final Limits DEFAULT = new Limits(Optional.of(Rate.of("50/s burst 200")), 500, 50);
    }

    private final SessionRegistry registry;
    private final Limits limits;
    private final Set<String> exemptRoles;
    private final Optional<RateLimiter> handshakes;
    /** A flood must not fill the log: the metric counts what the log omits. */
    private final RateLimiter warnings = new RateLimiter(Rate.of("1/m"));

    private final LongAdder refusedHandshakes;
    private final LongAdder refusedAddresses;
    private final LongAdder refusedUsers;

    /**
     * Creates a quota.
     *
     * @param exemptRoles the roles whose users have any number of connections
     * @param refusals counts the rejected handshakes by limit
     */
    public ConnectionQuota(SessionRegistry registry, Limits limits, Set<String> exemptRoles, Refusals refusals) {
        this.registry = registry;
        this.limits = limits;
        this.exemptRoles = Set.copyOf(exemptRoles);
        this.handshakes = limits.handshakesPerAddress().map(RateLimiter::new);
        this.refusedHandshakes = refusals.counter("handshakes-per-address");
        this.refusedAddresses = refusals.counter("connections-per-address");
        this.refusedUsers = refusals.counter("connections-per-user");
    }

    /** The rejection of a client by its address, before its credentials are examined; empty to accept. */
    public Optional<Rejection> checkAddress(String address) {
        if (ClientAddress.isLoopback(address)) {
            return Optional.empty();
        }
        Optional<Rejection> flood = checkRate(address);
        if (flood.isPresent()) {
            return flood;
        }
        String subscriber = ClientAddress.subscriber(address);
        int max = limits.connectionsPerAddress();
        if (max > 0 && registry.counts().ofSubscriber(subscriber) >= max) {
            return rejected(address, refusedAddresses, "This address has at most " + max + " connections", RETRY);
        }
        return Optional.empty();
    }

    /** The rejection of a handshake, or of a request of the HTTP API, by the rate of its address; empty to accept. */
    public Optional<Rejection> checkRate(String address) {
        return ClientAddress.limitKey(address)
                .flatMap(key -> handshakes.flatMap(limiter -> limiter.refusal(key)))
                .flatMap(wait -> rejected(
                        address, refusedHandshakes, "Too many handshakes from this address; retry later", wait));
    }

    /** The rejection of an identified user; empty to accept. */
    public Optional<Rejection> checkUser(HandshakeInfo handshake) {
        int max = limits.connectionsPerUser();
        if (max > 0
                && registry.counts().ofUser(handshake.author().id()) >= max
                && Collections.disjoint(exemptRoles, handshake.user().roles())) {
            return rejected(
                    handshake.remoteAddress(), refusedUsers, "This user has at most " + max + " connections", RETRY);
        }
        return Optional.empty();
    }

    private Optional<Rejection> rejected(String address, LongAdder refused, String message, Duration wait) {
        refused.increment();
        if (warnings.refusal(message).isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    () -> "refused status=429 remote=" + LogValue.of(address) + " reason=" + LogValue.of(message)
                            + "; logged at most once a minute");
        }
        return Optional.of(Rejection.tooMany(message, wait));
    }
}
