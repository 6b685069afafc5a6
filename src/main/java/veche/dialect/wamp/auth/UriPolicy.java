package veche.dialect.wamp.auth;

import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/**
 * Decides which WAMP URIs a user may use, in addition to {@code veche.wamp.guests}. Consulted before any lookup, for
 * all URIs except the procedures and topics of {@code veche.}, which the {@link veche.room.RoomPolicy} governs. An
 * application can replace the built-in policy, which applies {@code veche.rules}, by a CDI bean of this type.
 * Implementations are thread-safe and must not block.
 *
 * <p>A decision that is not made at once, or expires, is cached per session until it expires or the policies change
 * ({@link veche.room.Rooms#policyChanged}). The later requests of the session wait for it, at most
 * {@code veche.wamp.max-unauthorized-requests}. A session loses the subscriptions and registrations that it is no
 * longer permitted.
 */
@FunctionalInterface
public interface UriPolicy {
    /** Permits all URIs. */
    UriPolicy NONE = (user, action, uri, match) -> UriGrant.decided(true);

    /**
     * Returns whether the user may perform an action. If the stage fails, the request fails with
     * {@code veche.error.busy}, and the policy is consulted again at the next one.
     *
     * @param uri a URI, or a pattern where the match policy is not exact
     */
    CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match);

    /**
     * As {@link #grant(User, UriAction, String, Match)}, which it calls by default.
     *
     * @param address the client's IP address; empty if unknown
     */
    default CompletionStage<UriGrant> grant(User user, String address, UriAction action, String uri, Match match) {
        return grant(user, action, uri, match);
    }
}
