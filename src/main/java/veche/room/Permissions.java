package veche.room;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
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

    /** The rank of the lowest role, higher than that of any grant, and the distance of two roles. */
    private static final int ROLE_RANK = Grant.MAX_RANK + 1;

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

    /**
     * The user's privileges of moderation in all rooms; application code in the server has all. A token with
     * capabilities has none.
     */
    public Set<Privilege> of(User user) {
        return user.capabilities().isPresent() ? Set.of() : ofRoles(user);
    }

    /**
     * The user's privileges of moderation in a room, by roles and by the capabilities of a token, which limit roles.
     */
    Set<Privilege> of(User user, RoomName room) {
        return user.capabilities()
                .map(capabilities -> capabilities.of(room.value()))
                .map(privileges -> Privilege.common(privileges, Privilege.MODERATION))
                .orElseGet(() -> ofRoles(user));
    }

    private Set<Privilege> ofRoles(User user) {
        int rank = rank(user);
        if (rank == 0) {
            return Set.of();
        }
        return rank < ROLE_RANK * moderators.size() ? Privilege.MODERATION : Privilege.ADMINISTRATION;
    }

    @Override
    public CompletionStage<Grant> grant(User user, RoomName room) {
        return CompletableFuture.completedFuture(Grant.of(Privilege.MEMBERSHIP));
    }

    /**
     * Reduces a policy's grant to the access of guests and the capabilities of a token, and adds the privileges of
     * moderators, who have at least the rank 1.
     */
    Grant applyTo(Grant grant, User user, RoomName room) {
        EnumSet<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        privileges.addAll(grant.privileges());
        if (!writes(user)) {
            privileges.retainAll(Privilege.READING);
        }
        user.capabilities().map(capabilities -> capabilities.of(room.value())).ifPresent(privileges::retainAll);
        privileges.addAll(of(user, room));
        int rank = Math.max(grant.rank(), tokenRank(user, room));
        boolean moderates = !Collections.disjoint(privileges, Privilege.MODERATION);
        return new Grant(privileges, Math.max(rank, moderates ? 1 : 0), grant.rate(), grant.until());
    }

    private static int tokenRank(User user, RoomName room) {
        return user.capabilities()
                .map(capabilities -> capabilities.rank(room.value()))
                .orElse(0);
    }

    /**
     * The rank in all rooms: 0 without a moderator role, {@value #ROLE_RANK} for the lowest one, as much more for each
     * higher one, and the maximum for application code in the server.
     */
    int rank(User user) {
        if (user.provider() == User.Provider.SERVER) {
            return Integer.MAX_VALUE;
        }
        return user.roles().stream()
                .mapToInt(role -> ROLE_RANK * (moderators.indexOf(role) + 1))
                .max()
                .orElse(0);
    }

    /** A rank as recorded: application code in the server has that of the highest role. */
    int recordedRank(int rank) {
        return Math.min(rank, ROLE_RANK * Math.max(1, moderators.size()));
    }

    /** What the user may do in rooms by roles and by a token, regardless of any policy. */
    Standing standing(User user) {
        return new StandingByRole(this, user);
    }

    private record StandingByRole(Permissions permissions, User user) implements Standing {
        @Override
        public void check(@Nullable RoomName room, Privilege privilege) {
            if (room == null) {
                permissions.checkEverywhere(user, privilege);
            } else {
                user.checkAdmission(room);
                require(permissions.of(user, room).contains(privilege));
            }
        }

        @Override
        public int rank(@Nullable RoomName room) {
            int everywhere = permissions.rank(user);
            return room == null
                    ? everywhere
                    : Math.max(everywhere, Math.max(tokenRank(user, room), moderates(room) ? 1 : 0));
        }

        @Override
        public boolean moderates(RoomName room) {
            return !permissions.of(user, room).isEmpty();
        }
    }

    /**
     * Whether a sanction does not apply to the user: the mode of a room, to moderators; a ban of addresses, to higher
     * roles.
     */
    boolean exempts(Standing user, ModerationAction action) {
        return action.type().isMode()
                ? user.moderates(Objects.requireNonNull(action.room()))
                : action.address() != null
                        && user.rank(null) > action.moderator().rank();
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the author's rank is not lower */
    static void checkRank(int moderator, String author, int rank) {
        if (rank >= moderator) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "The role of " + author + " is not lower than yours");
        }
    }

    /**
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user lacks the privilege in all
     *     rooms or is limited to some
     */
    void checkEverywhere(User user, Privilege privilege) {
        require(of(user).contains(privilege));
        if (user.confined()) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "This token is limited to its rooms: specify one of them");
        }
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) unless the user is a moderator */
    static void require(boolean moderator) {
        if (!moderator) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "Only moderators may do this");
        }
    }
}
