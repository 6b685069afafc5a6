package veche.room.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a {@code RoomPolicy} grants a user in a room.
 *
 * @param privileges the privileges; none if the user may not enter the room
 * @param rank the rank in the room, from 0 to {@value #MAX_RANK}: a moderator acts on lower ranks only. Those of the
 *     roles in {@code veche.moderator-roles} are higher, and every other moderator has at least 1
 * @param rate the maximum rate of the user's messages in the room, over all of the user's connections to a node, in
 *     place of {@code veche.limit.messages-per-user}, or empty for the latter
 * @param until when the policy is to be consulted again, or empty if only after a change
 */
public record Grant(Set<Privilege> privileges, int rank, Optional<MessageRate> rate, Optional<Instant> until) {
    /** The highest rank of a grant. */
    public static final int MAX_RANK = 99;

    /** No privilege. */
    public static final Grant NONE = Grant.of(Set.of());

    /** @throws IllegalArgumentException if the rank is less than 0 or greater than {@value #MAX_RANK} */
    public Grant {
        privileges = Set.copyOf(privileges);
        checkRank(rank);
    }

    /** @throws IllegalArgumentException if the rank is less than 0 or greater than {@value #MAX_RANK} */
    public static void checkRank(int rank) {
        if (rank < 0 || rank > MAX_RANK) {
            throw new IllegalArgumentException("rank must be from 0 to " + MAX_RANK);
        }
    }

    /** A grant of the lowest rank without a rate of its own. */
    public Grant(Set<Privilege> privileges, Optional<Instant> until) {
        this(privileges, 0, Optional.empty(), until);
    }

    /** A grant of the lowest rank without a rate of its own that does not expire. */
    public static Grant of(Set<Privilege> privileges) {
        return new Grant(privileges, Optional.empty());
    }

    /** What both grants permit: the privileges of both until the earlier expiry, with rank and rate of this one. */
    public Grant and(Grant other) {
        return new Grant(Privilege.common(privileges, other.privileges), rank, rate, earlier(until, other.until));
    }

    /** The earlier of two expiries; empty if neither has one. */
    public static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> two) {
        return Stream.of(one, two).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    /** Whether the privilege is granted. Without {@link Privilege#READ}, none is. */
    public boolean has(Privilege privilege) {
        return privileges.contains(privilege) && privileges.contains(Privilege.READ);
    }

    /** Whether any privilege of moderation is granted. */
    public boolean moderates() {
        return Privilege.MODERATION.stream().anyMatch(this::has);
    }
}
