package veche.room;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.room.access.Grant;
import veche.room.access.Privilege;
import veche.room.access.UserLimits;

/** The checks of what one connection's user may do in rooms, and how often. Thread-safe and non-blocking. */
final class RoomAccess implements Standing {
    private final Moderation moderation;
    private final RoomPolicy policy;
    private final UserLimits allLimits;
    private final String address;
    private final Grants grants;
    private volatile User user;
    private volatile UserLimits limits;

    /** The rules that apply to all connections. */
    record Rules(Moderation moderation, RoomPolicy policy, UserLimits limits, Clock clock) {}

    /**
     * @param address the client's IP address; empty if unknown
     * @param attends whether the connection is in a room
     */
    RoomAccess(Rules rules, User user, String address, Predicate<RoomName> attends) {
        this.moderation = rules.moderation();
        this.policy = rules.policy();
        this.allLimits = rules.limits();
        this.address = address;
        this.limits = allLimits.from(address, user.roles());
        this.user = user;
        this.grants = new Grants(this::grant, attends, rules.clock());
    }

    /** Application code in the server has all privileges. */
    private CompletionStage<Grant> grant(RoomName room) {
        User current = user;
        return current.provider() == User.Provider.SERVER
                ? CompletableFuture.completedFuture(Grant.of(EnumSet.allOf(Privilege.class)))
                : policy.grant(current, room, address)
                        .thenApply(grant -> moderation.permissions().applyTo(grant, current, room));
    }

    @Override
    public User user() {
        return user;
    }

    /** While the policy determines the user's grant, the one by roles. */
    @Override
    public int rank(@Nullable RoomName room) {
        int byRole = moderation.permissions().standing(user).rank(room);
        return room == null ? byRole : Math.max(byRole, grants.known(room).rank());
    }

    @Override
    public boolean moderates(RoomName room) {
        return moderation.permissions().standing(user).moderates(room)
                || grants.known(room).moderates();
    }

    void renew(User renewed) {
        user = renewed;
        limits = allLimits.from(address, renewed.roles());
    }

    /** The grants of the policy. */
    Grants grants() {
        return grants;
    }

    /** As {@link RoomSession#has}. */
    boolean has(RoomName room, Privilege privilege) {
        return !user.confinedOutOf(room) && grants.known(room).has(privilege) && !moderation.isExcluded(this, room);
    }

    /** The grant in a room that the user may enter, otherwise none. */
    Grant effective(RoomName room) {
        return has(room, Privilege.READ) ? grants.known(room) : Grant.NONE;
    }

    /** As {@link RoomSession#mayEnterAny}. */
    boolean mayEnterAny(String beginning) {
        return user.admittedToAny(beginning)
                && (user.provider() == User.Provider.SERVER || policy.mayReadAny(user, beginning));
    }

    /** As {@link RoomSession#mayNotice(Set)}. */
    boolean mayNotice(Set<RoomName> attended) {
        return !user.confined() || attended.stream().anyMatch(room -> has(room, Privilege.READ));
    }

    /** As {@link RoomSession#check}. */
    @Override
    public void check(@Nullable RoomName room, Privilege privilege) {
        if (room == null) {
            moderation.permissions().checkEverywhere(user, privilege);
            return;
        }
        moderation.checkEntry(this, room);
        boolean granted = grants.known(room).has(privilege);
        if (Privilege.ADMINISTRATION.contains(privilege)) {
            Permissions.require(granted);
        } else if (!granted) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED,
                    moderation.permissions().writes(user) || Privilege.READING.contains(privilege)
                            ? "You lack the privilege '" + privilege.wireName() + "' in the room " + room
                            : "Guests may read, but not write");
        }
    }

    /** As {@link RoomSession#limit}. */
    void limit(UserLimits.Action action) {
        take(action).ifPresent(wait -> {
            throw RefusedException.limited(wait);
        });
    }

    /** As {@link UserLimits#take}. */
    Optional<Duration> take(UserLimits.Action action) {
        return limits.take(action, user.author().id());
    }

    /** As {@link UserLimits#wait}. */
    Optional<Duration> wait(UserLimits.Action action) {
        return limits.wait(action, user.author().id());
    }

    /** Sends a message if the bytes of its file are within the limit; those of a file that is not sent do not count. */
    <T> CompletionStage<T> metered(Draft draft, Supplier<CompletionStage<T>> send) {
        int bytes = draft.fileBytes();
        if (bytes == 0) {
            return send.get();
        }
        UserLimits charged = limits;
        String author = user.author().id();
        return charged.take(UserLimits.Action.ATTACHMENT_BYTE, author, bytes)
                .<CompletionStage<T>>map(wait -> CompletableFuture.failedFuture(RefusedException.limited(wait)))
                .orElseGet(() -> send.get().whenComplete((sent, failure) -> {
                    if (failure != null) {
                        charged.giveBack(UserLimits.Action.ATTACHMENT_BYTE, author, bytes);
                    }
                }));
    }

    /** The rate that a grant sets for the room replaces the one of the user. */
    private void limitMessages(RoomName room) {
        String author = user.author().id();
        grants.known(room)
                .rate()
                .map(rate -> limits.takeMessage(rate, author, room.value()))
                .orElseGet(() -> take(UserLimits.Action.MESSAGE))
                .ifPresent(wait -> {
                    throw RefusedException.limited(wait);
                });
    }

    /** Checks a privilege, the rate of messages, and that the user is not muted. */
    void checkWrite(RoomName room, Privilege privilege) {
        check(room, privilege);
        limitMessages(room);
        moderation.checkMute(this, room);
    }

    void checkAmendment(RoomName room, Kind kind) {
        if (kind == Kind.DELETE) {
            check(room, has(room, Privilege.DELETE) ? Privilege.DELETE : Privilege.DELETE_OWN);
            limitMessages(room);
        } else {
            checkWrite(room, kind == Kind.EDIT ? Privilege.EDIT_OWN : Privilege.REACT);
        }
    }

    /** As {@link RoomSession#resolved}; without a room, at once. */
    <T> CompletionStage<T> resolved(@Nullable RoomName room, Supplier<CompletionStage<T>> action) {
        return room == null || grants.isKnown(room)
                ? action.get()
                : grants.of(room).thenCompose(grant -> action.get());
    }

    /** Runs an action if a check throws no exception, after the policy has determined the user's grant. */
    <T> CompletionStage<T> permitted(@Nullable RoomName room, Runnable check, Supplier<CompletionStage<T>> action) {
        return resolved(room, () -> {
            try {
                check.run();
            } catch (RefusedException refusal) {
                return CompletableFuture.failedFuture(refusal);
            }
            return action.get();
        });
    }
}
