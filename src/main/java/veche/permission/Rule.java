package veche.permission;

import java.util.Set;
import veche.room.User;

/**
 * Grants and denies permissions to users for the names that match a pattern.
 *
 * @param <P> the permissions: {@link veche.room.access.Privilege} or {@link veche.dialect.wamp.router.UriAction}
 */
record Rule<P extends Enum<P>>(Subject subject, NamePattern pattern, Set<P> granted, Set<P> denied) {
    boolean appliesTo(User user, String name) {
        return subject.includes(user) && pattern.matches(user, name);
    }
}
