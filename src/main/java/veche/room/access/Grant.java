package veche.room.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@code RoomPolicy} grants a user in a room.
 *
 * @param privileges the privileges; none if the user may not enter the room
 * @param until when the policy is to be consulted again, or empty if only after a change
 */
public record Grant(Set<Privilege> privileges, Optional<Instant> until) {
    /** No privilege. */
    public static final Grant NONE = new Grant(Set.of(), Optional.empty());

    public Grant {
        privileges = Set.copyOf(privileges);
    }

    /** A grant that does not expire. */
    public static Grant of(Set<Privilege> privileges) {
        return new Grant(privileges, Optional.empty());
    }

    /** Whether the privilege is granted. Without {@link Privilege#READ}, none is. */
    public boolean has(Privilege privilege) {
        return privileges.contains(privilege) && privileges.contains(Privilege.READ);
    }
}
