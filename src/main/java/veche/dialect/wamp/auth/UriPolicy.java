package veche.dialect.wamp.auth;

import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/**
 * Decides which WAMP URIs a user may use, in addition to {@code veche.wamp.guests}. Consulted before any lookup, for all
 * URIs except the procedures and topics of {@code veche.}, which the {@link veche.room.RoomPolicy} governs. An application
 * can replace the built-in policy, which applies {@code veche.rules}, by a CDI bean of this type. Implementations are
 * thread-safe and must not block.
 */
@FunctionalInterface
public interface UriPolicy {
    /** Permits all URIs. */
    UriPolicy NONE = (user, action, uri, match) -> true;

    /**
     * Whether the user may perform an action.
     *
     * @param uri a URI, or a pattern where the match policy is not exact
     */
    boolean permits(User user, UriAction action, String uri, Match match);
}
