package veche.dialect.wamp.auth;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.router.Authorizer;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/**
 * Applies the access of guests and a policy. The policy does not decide on the URIs of the server itself: its
 * procedures and topics check the privileges in rooms, or {@link UriAction#META}. Immutable.
 *
 * @param dynamic consulted about what the policy permits; both must permit
 */
public record PolicyAuthorizer(GuestAuthorizer guests, UriPolicy policy, Optional<Authorizer> dynamic)
        implements Authorizer {
    @Override
    public CompletionStage<UriGrant> grant(Session session, UriAction action, String uri, Match match) {
        User user = Identities.user(session.identity());
        if (!guests.permits(user, action)) {
            return UriGrant.decided(false);
        }
        return user.provider() == User.Provider.SERVER || action != UriAction.META && isServers(uri, match)
                ? UriGrant.decided(true)
                : decide(session, user, action, uri, match);
    }

    private CompletionStage<UriGrant> decide(Session session, User user, UriAction action, String uri, Match match) {
        CompletionStage<UriGrant> first = policy.grant(user, session.peer().address(), action, uri, match);
        return dynamic.isEmpty()
                ? first
                : first.thenCompose(one -> one.permitted()
                        ? dynamic.get().grant(session, action, uri, match).thenApply(one::and)
                        : CompletableFuture.completedFuture(one));
    }

    /** Whether the URI, or every URI that the pattern matches, is the server's. */
    private static boolean isServers(String uri, Match match) {
        return match == Match.EXACT
                ? Uri.isWithin(uri, "veche") || Uri.isWithin(uri, "wamp")
                : uri.startsWith("veche.") || uri.startsWith("wamp.");
    }
}
