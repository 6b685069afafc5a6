package veche.room;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which roles may do what.
 *
 * @param moderators the roles that may do every {@link Deed}; all others may none
 */
public record Permissions(Set<String> moderators) {
    /** The roles {@code moderator} and {@code admin} moderate. */
    public static final Permissions DEFAULT = new Permissions(Set.of("moderator", "admin"));

    public Permissions {
        moderators = Set.copyOf(moderators);
    }

    /** What that visitor may; the server's own code may everything. */
    public Set<Deed> of(Visitor visitor) {
        boolean moderates = visitor.provider() == Visitor.Provider.SERVER
                || visitor.roles().stream().anyMatch(moderators::contains);
        return moderates ? EnumSet.allOf(Deed.class) : EnumSet.noneOf(Deed.class);
    }

    /** @throws Refusal ({@link Refusal.Reason#NOT_ALLOWED}) where they may not */
    void check(Visitor visitor, Deed deed) {
        if (!of(visitor).contains(deed)) {
            throw new Refusal(Refusal.Reason.NOT_ALLOWED, "Only moderators may do this");
        }
    }
}
