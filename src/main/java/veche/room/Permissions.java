package veche.room;

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

    /** The user's privileges of moderation in a room, by roles and by the capabilities of a token, which limit roles. */
    Set<Privilege> of(User user, RoomName room) {
        return user.capabilities()
                .map(capabilities -> capabilities.of(room.value()))
                .map(privileges -> intersection(privileges, Privilege.MODERATION))
                .orElseGet(() -> ofRoles(user));
    }

    private static Set<Privilege> intersection(Set<Privilege> some, Set<Privilege> others) {
        EnumSet<Privilege> both = EnumSet.noneOf(Privilege.class);
        both.addAll(some);
        both.retainAll(others);
        return both;
    }

    private Set<Privilege> ofRoles(User user) {
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

    /**
     * Reduces a policy's grant to the access of guests and the capabilities of a token, and adds the privileges of
     * moderators.
     */
    Grant applyTo(Grant grant, User user, RoomName room) {
        EnumSet<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        privileges.addAll(grant.privileges());
        if (!writes(user)) {
            privileges.retainAll(Privilege.READING);
        }
        user.capabilities().map(capabilities -> capabilities.of(room.value())).ifPresent(privileges::retainAll);
        privileges.addAll(of(user, room));
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

    /** The rank in a room, or, if the room is null, in all rooms: a moderator of the room has at least the lowest. */
    int rank(User user, @Nullable RoomName room) {
        return Math.max(rank(user), room == null || of(user, room).isEmpty() ? 0 : 1);
    }

    /** The rank as recorded: application code in the server has that of the highest role. */
    int recordedRank(User user, @Nullable RoomName room) {
        return Math.min(rank(user, room), moderators.size());
    }

    /** Whether a sanction does not apply to the user: the mode of a room, to moderators; a ban of addresses, to higher roles. */
    boolean exempts(User user, ModerationAction action) {
        return action.type().isMode()
                ? !of(user, Objects.requireNonNull(action.room())).isEmpty()
                : action.address() != null && rank(user) > action.moderator().rank();
    }

    /** @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the author's rank is not lower */
    void checkRank(User moderator, @Nullable RoomName room, String author, int rank) {
        if (rank >= rank(moderator, room)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "The role of " + author + " is not lower than yours");
        }
    }

    /**
     * @param room the room, or null for all rooms
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user lacks the privilege
     */
    void check(User user, @Nullable RoomName room, Privilege privilege) {
        if (!(room == null ? of(user) : of(user, room)).contains(privilege)) {
            throw new RefusedException(RefusedException.Reason.NOT_ALLOWED, "Only moderators may do this");
        }
    }
}
