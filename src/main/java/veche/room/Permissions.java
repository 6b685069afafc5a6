package veche.room;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.room.access.Grant;
import veche.room.access.Privilege;

/**
 * The privileges and ranks of roles, and the access of guests. As a policy, it grants the same in all rooms.
 *
 * @param guests what users without a verified identity may do
 * @param moderators the roles that have the privileges of {@link Privilege#MODERATION}, in ascending rank; the highest
 *     has those of {@link Privilege#ADMINISTRATION}. All other roles share the lowest rank
 */
public record Permissions(Guests guests, List<String> moderators) implements RoomPolicy {
    /** The access of guests to rooms. */
    public enum Guests {
        /** They read and write. */
        WRITE,
        /** They read only. */
        READ,
        /** They are not admitted. */
        NONE
    }

    /** Guests that write; the roles {@code moderator} and, ranked above it, {@code admin}. */
    public static final Permissions DEFAULT = new Permissions(Guests.WRITE, List.of("moderator", "admin"));

    public Permissions {
        moderators = List.copyOf(moderators);
    }

    /** Whether the user may connect. */
    public boolean admits(User user) {
        return guests != Guests.NONE || user.provider() != User.Provider.GUEST;
    }

    /** Whether the user may write to rooms. */
    public boolean writes(User user) {
        return guests == Guests.WRITE || user.provider() != User.Provider.GUEST;
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user may not connect */
    void checkAdmitted(User user) {
        if (!admits(user)) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "Guests are not admitted");
        }
    }

    /** The user's privileges of moderation in all rooms; application code in the server has all. */
    public Set<Privilege> of(User user) {
        int rank = rank(user);
        if (rank == 0) {
            return Set.of();
        }
        return rank < moderators.size() ? Privilege.MODERATION : Privilege.ADMINISTRATION;
    }

    @Override
    public CompletionStage<Grant> grant(User user, RoomName room) {
        return CompletableFuture.completedFuture(Grant.of(Privilege.MEMBERSHIP));
    }

    /** Reduces a policy's grant to the access of guests and adds the privileges of moderators. */
    Grant applyTo(Grant grant, User user) {
        Set<Privilege> moderation = of(user);
        EnumSet<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        privileges.addAll(grant.privileges());
        if (!writes(user)) {
            privileges.retainAll(Privilege.READING);
        }
        privileges.addAll(moderation);
        return new Grant(privileges, grant.until());
    }

    /** 0 without a moderator role, greater for a higher role, and the maximum for application code in the server. */
    int rank(User user) {
        if (user.provider() == User.Provider.SERVER) {
            return Integer.MAX_VALUE;
        }
        return user.roles().stream()
                .mapToInt(role -> moderators.indexOf(role) + 1)
                .max()
                .orElse(0);
    }

    /** The user's rank as recorded: application code in the server has that of the highest role. */
    int recordedRank(User user) {
        return Math.min(rank(user), moderators.size());
    }

    /** Whether a sanction does not apply to the user: the mode of a room, to moderators; a ban of addresses, to higher roles. */
    boolean exempts(User user, ModerationAction action) {
        return action.type().isMode()
                ? rank(user) > 0
                : action.address() != null && rank(user) > action.moderator().rank();
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the author's rank is not lower */
    void checkRank(User moderator, String author, int rank) {
        if (rank >= rank(moderator)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "The role of " + author + " is not lower than yours");
        }
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user lacks the privilege */
    void check(User user, Privilege privilege) {
        if (!of(user).contains(privilege)) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "Only moderators may do this");
        }
    }
}
