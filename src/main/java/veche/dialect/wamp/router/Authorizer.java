package veche.dialect.wamp.router;

import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * Decides which URIs a session may use (advanced profile, "Authorization"). Consulted before any lookup, so that a
 * rejection does not reveal whether a topic or procedure exists. Implementations are thread-safe and never block.
 */
@FunctionalInterface
public interface Authorizer {
    /**
     * Returns whether the action is permitted. Decisions that take time or expire are cached for the session. If the
     * stage fails, the request fails with {@code veche.error.busy}.
     *
     * @param uri a URI, or a pattern where the match policy is not exact
     */
    CompletionStage<UriGrant> grant(Session session, UriAction action, String uri, Match match);

    /** @throws WampErrorException {@code wamp.error.not_authorized}, where the action is not permitted */
    static void check(UriGrant grant, UriAction action, String uri) {
        if (!grant.permitted()) {
            throw new WampErrorException(Uri.NOT_AUTHORIZED, "Not authorized to " + action.on(uri));
        }
    }
}
