package veche.dialect.wamp;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import veche.dialect.Failures;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.router.Authorizer;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.UriAction;
import veche.room.RefusedException;

/**
 * Has a procedure of the application authorize sessions, like Crossbar's dynamic authorizer. It is called with the
 * details of the session, the URI, the action and a dict with {@code match}, and returns a boolean, or a dict with
 * {@code allow}, and optionally {@code disclose} and {@code cache}. Without a valid answer the stage fails.
 * Administrators are not subject to it, so that the session that registers it can do so. Thread-safe and non-blocking.
 */
final class AuthorizerProcedure implements Authorizer {
    private static final System.Logger LOG = System.getLogger(AuthorizerProcedure.class.getName());

    private final Set<String> administrators;
    private final Function<List<?>, CompletionStage<Realm.Arguments>> procedure;
    private final Duration ttl;
    private final Clock clock;
    private final AtomicBoolean answering = new AtomicBoolean(true);

    /**
     * @param administrators the roles that are not subject to it
     * @param procedure calls the procedure with these arguments; fails as {@link Realm#call} does, within a time limit
     * @param ttl how long a decision without {@code cache} is valid
     */
    AuthorizerProcedure(
            Set<String> administrators,
            Function<List<?>, CompletionStage<Realm.Arguments>> procedure,
            Duration ttl,
            Clock clock) {
        this.administrators = Set.copyOf(administrators);
        this.procedure = procedure;
        this.ttl = ttl;
        this.clock = clock;
    }

    @Override
    public CompletionStage<UriGrant> grant(Session session, UriAction action, String uri, Match match) {
        if (session.identity().hasAny(administrators)) {
            return UriGrant.decided(true);
        }
        return procedure
                .apply(List.of(session.details(), uri, action.wireName(), Map.of("match", match.wireName())))
                .handle((answer, failure) -> {
                    if (failure != null) {
                        throw refusal(Failures.cause(failure));
                    }
                    return decision(answer);
                });
    }

    private UriGrant decision(Realm.Arguments answer) {
        Object result = answer.args().isEmpty() ? null : answer.args().get(0);
        try {
            Map<?, ?> members = result instanceof Map<?, ?> dict ? dict : Collections.singletonMap("allow", result);
            if (!members.containsKey("allow")) {
                throw new IllegalArgumentException("allow is missing");
            }
            Optional<Instant> until = flag(members, "cache")
                    ? Optional.empty()
                    : Optional.of(clock.instant().plus(ttl));
            UriGrant grant = new UriGrant(flag(members, "allow"), flag(members, "disclose"), until);
            answering.set(true);
            return grant;
        } catch (IllegalArgumentException invalid) {
            throw refusal(invalid);
        }
    }

    private static boolean flag(Map<?, ?> members, String name) {
        if (!members.containsKey(name)) {
            return false;
        }
        if (members.get(name) instanceof Boolean value) {
            return value;
        }
        throw new IllegalArgumentException(name + " is not a boolean");
    }

    /** Logs the first of several failures. */
    private RefusedException refusal(Throwable cause) {
        Level level = answering.getAndSet(false) ? Level.WARNING : Level.DEBUG;
        LOG.log(level, "The procedure veche.wamp.authorizer gives no valid answer: {0}", cause);
        return new RefusedException(
                RefusedException.Reason.BUSY, "The permission could not be determined; retry later");
    }
}
