package veche.dialect.wamp.auth;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.router.Authorizer;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/**
 * Limits guests to some actions, whatever the URI; authenticated users may perform all. Immutable.
 *
 * @param permitted the actions of guests
 */
public record GuestAuthorizer(Set<UriAction> permitted) implements Authorizer {
    public GuestAuthorizer {
        permitted = Set.copyOf(permitted);
    }

    @Override
    public CompletionStage<UriGrant> grant(Session session, UriAction action, String uri, Match match) {
        return UriGrant.decided(permits(Identities.user(session.identity()), action));
    }

    boolean permits(User user, UriAction action) {
        return permitted.contains(action) || user.provider() != User.Provider.GUEST;
    }
}
