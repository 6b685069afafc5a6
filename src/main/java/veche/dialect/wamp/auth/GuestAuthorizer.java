package veche.dialect.wamp.auth;

import java.util.Set;
import veche.dialect.wamp.router.UriAction;
import veche.room.User;

/**
 * Limits guests to some actions, whatever the URI; authenticated users may perform all. Immutable.
 *
 * @param permitted the actions of guests
 */
public record GuestAuthorizer(Set<UriAction> permitted) {
    public GuestAuthorizer {
        permitted = Set.copyOf(permitted);
    }

    boolean permits(User user, UriAction action) {
        return permitted.contains(action) || user.provider() != User.Provider.GUEST;
    }
}
