package veche.room;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which roles may do what, and to whom.
 *
 * @param moderators the roles that may do every {@link Deed}, in ascending rank; all others may none and have the lowest
 */
public record Permissions(List<String> moderators) {
    /** The roles {@code moderator} and, above it, {@code admin} moderate. */
    public static final Permissions DEFAULT = new Permissions(List.of("moderator", "admin"));

    public Permissions {
        moderators = List.copyOf(moderators);
    }

    /** What that visitor may; the server's own code may everything. */
    public Set<Deed> of(Visitor visitor) {
        return rank(visitor) > 0 ? EnumSet.allOf(Deed.class) : EnumSet.noneOf(Deed.class);
    }

    /** 0 for those who do not moderate; more for a higher role, most for the server's own code. */
    private int rank(Visitor visitor) {
        if (visitor.provider() == Visitor.Provider.SERVER) {
            return Integer.MAX_VALUE;
        }
        return visitor.roles().stream()
                .mapToInt(role -> moderators.indexOf(role) + 1)
                .max()
                .orElse(0);
    }

    /** @throws Refusal ({@link Refusal.Reason#NOT_ALLOWED}) where the other has the same rank or a higher one */
    void checkRank(Visitor moderator, Visitor other) {
        if (rank(other) >= rank(moderator)) {
            throw new Refusal(
                    Refusal.Reason.NOT_ALLOWED, "The role of " + other.author().id() + " is not below yours");
        }
    }

    /** @throws Refusal ({@link Refusal.Reason#NOT_ALLOWED}) where they may not */
    void check(Visitor visitor, Deed deed) {
        if (!of(visitor).contains(deed)) {
            throw new Refusal(Refusal.Reason.NOT_ALLOWED, "Only moderators may do this");
        }
    }
}
