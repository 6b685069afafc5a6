package veche.dialect.wamp.auth;

import java.util.Set;
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
    public boolean permits(Session session, UriAction action, String uri, Match match) {
        return permitted.contains(action) || Identities.user(session.identity()).provider() != User.Provider.GUEST;
    }
}
