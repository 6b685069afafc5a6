package veche.room;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which roles may do what, and to whom.
 *
 * @param moderators the roles that may do every {@link Privilege}, in ascending rank; all others may none and have the lowest
 */
public record Permissions(List<String> moderators) {
    /** The roles {@code moderator} and, above it, {@code admin} moderate. */
    public static final Permissions DEFAULT = new Permissions(List.of("moderator", "admin"));

    public Permissions {
        moderators = List.copyOf(moderators);
    }

    /** What that visitor may; the server's own code may everything. */
    public Set<Privilege> of(User user) {
        return rank(user) > 0 ? EnumSet.allOf(Privilege.class) : EnumSet.noneOf(Privilege.class);
    }

    /** 0 for those who do not moderate; more for a higher role, most for the server's own code. */
    private int rank(User user) {
        if (user.provider() == User.Provider.SERVER) {
            return Integer.MAX_VALUE;
        }
        return user.roles().stream()
                .mapToInt(role -> moderators.indexOf(role) + 1)
                .max()
                .orElse(0);
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) where the other has the same rank or a higher one */
    void checkRank(User moderator, User other) {
        if (rank(other) >= rank(moderator)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED,
                    "The role of " + other.author().id() + " is not below yours");
        }
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) where they may not */
    void check(User user, Privilege privilege) {
        if (!of(user).contains(privilege)) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "Only moderators may do this");
        }
    }
}
