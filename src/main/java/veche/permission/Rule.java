package veche.permission;

import java.util.Optional;
import java.util.Set;
import veche.room.User;
import veche.room.access.MessageRate;

/**
 * Grants and denies permissions to users for the names that match a pattern.
 *
 * @param rank the rank that it grants in rooms, 0 for none
 * @param rate the rate of messages that it grants in rooms, if any
 * @param <P> the permissions: {@link veche.room.access.Privilege} or {@link veche.dialect.wamp.router.UriAction}
 */
record Rule<P extends Enum<P>>(
        Subject subject, NamePattern pattern, Set<P> granted, Set<P> denied, int rank, Optional<MessageRate> rate) {
    boolean appliesTo(User user, String name) {
        return subject.includes(user) && pattern.matches(user, name);
    }
}
