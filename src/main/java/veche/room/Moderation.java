package veche.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.room.access.Privilege;

/**
 * Bans, mutes, the modes of rooms and other moderation actions: the checks on users, a moderator's orders, and the
 * audit log. Thread-safe and non-blocking.
 *
 * <p>A guest's id derives from a secret that the client chooses, and a guest without a secret has a new id on each
 * connection. The ban of an author id therefore excludes authenticated users, but only slows guests down; the ban of
 * addresses excludes guests too. Slow mode counts the messages that an author sends on this node.
 */
public final class Moderation {
    /** The open room sessions on this node. */
    interface Sessions {
        /** The highest rank of an author's sessions in a room, or, if the room is null, in all rooms. */
        int rank(String author, @Nullable RoomName room);

        /**
         * Closes the connections affected by an action, or makes them leave its room, except those of exempt users;
         * returns their number.
         */
        int eject(ModerationAction action, Predicate<Standing> exempt);
    }

    private final RoomStateStore stateStore;
    private final Permissions permissions;
    private final Clock clock;
    private final ActiveSanctions sanctions;
    private final ModerationOrders orders;
    private final SlowMode slowMode = new SlowMode();

    Moderation(RoomStateStore stateStore, Permissions permissions, Sessions sessions, Clock clock) {
        this.stateStore = stateStore;
        this.permissions = permissions;
        this.clock = clock;
        this.sanctions = new ActiveSanctions(stateStore, sessions, permissions, clock);
        this.orders = new ModerationOrders(stateStore, permissions, sessions, clock);
    }

    /** The privileges of each role. */
    public Permissions permissions() {
        return permissions;
    }

    /** Sets how long a moderator's rank is remembered after its last connection; 30 days by default. */
    public void rememberRanks(Duration memory) {
        orders.rememberRanks(memory);
    }

    /** Loads the active sanctions. Must complete before clients are admitted. */
    public CompletionStage<Void> start() {
        return sanctions.start();
    }

    /** Loads and applies the actions recorded since the last call, on this node and on others. */
    public CompletionStage<Void> poll() {
        slowMode.prune(clock.instant());
        return sanctions.poll();
    }

    /**
     * Calls {@code listener} with each action that sets or ends the mode of a room, on every node. The listener must
     * not block.
     */
    public void onMode(Consumer<ModerationAction> listener) {
        sanctions.onMode(listener);
    }

    /**
     * Calls {@code listener} with each author whose messages are being erased, on every node, and again with each poll
     * within an hour, since the erasure takes effect room by room. The listener must not block.
     */
    void onErasure(Consumer<String> listener) {
        sanctions.onErasure(listener);
    }

    /** The active mode of the room: an action of type {@code SLOW}, {@code READONLY} or {@code CLOSE}. */
    public Optional<ModerationAction> mode(RoomName room) {
        return sanctions.mode(room);
    }

    /** Whether the user is banned from the room, or the room is closed to the user. */
    boolean isExcluded(Standing user, RoomName room) {
        return sanctions.find(user.user(), ModerationAction.Type.BAN, room).isPresent()
                || mode(user, room, ModerationAction.Type.CLOSE).isPresent();
    }

    private Optional<ModerationAction> mode(Standing user, RoomName room, ModerationAction.Type type) {
        return sanctions.mode(user, room).filter(mode -> mode.type() == type);
    }

    private static void refuse(Optional<ModerationAction> sanction, RefusedException.Reason reason) {
        sanction.ifPresent(action -> {
            throw new RefusedException(reason, action);
        });
    }

    private void checkBan(User user, @Nullable RoomName room) {
        refuse(sanctions.find(user, ModerationAction.Type.BAN, room), RefusedException.Reason.BANNED);
    }

    /**
     * @param address the IP address of the user's connection; empty if unknown
     * @throws RefusedException ({@link RefusedException.Reason#BANNED}) if the user is banned from all rooms, or the
     *     address is banned
     */
    public void checkBan(User user, String address) {
        checkBan(user, (RoomName) null);
        refuse(sanctions.addressBan(user, address), RefusedException.Reason.BANNED);
    }

    /**
     * @throws RefusedException if the user's token does not grant access to the room, the user is banned from it, or it
     *     is closed to the user
     */
    void checkEntry(Standing user, RoomName room) {
        checkBanAndAdmission(user.user(), room);
        refuse(mode(user, room, ModerationAction.Type.CLOSE), RefusedException.Reason.CLOSED);
    }

    void checkBanAndAdmission(User user, RoomName room) {
        user.checkAdmission(room);
        checkBan(user, room);
    }

    /** The user's active mutes, for single rooms and for all rooms. */
    public List<ModerationAction> mutes(User user) {
        return sanctions.all(user, ModerationAction.Type.MUTE);
    }

    void checkMute(Standing user, RoomName room) {
        refuse(sanctions.find(user.user(), ModerationAction.Type.MUTE, room), RefusedException.Reason.MUTED);
        refuse(mode(user, room, ModerationAction.Type.READONLY), RefusedException.Reason.READ_ONLY);
    }

    /**
     * Sends a message unless slow mode refuses it with {@link RefusedException.Reason#SLOW}.
     *
     * @param key the message's idempotency key, or null
     */
    <T> CompletionStage<T> paced(
            Standing user, RoomName room, @Nullable String key, Supplier<CompletionStage<T>> sending) {
        Optional<ModerationAction> mode = mode(user, room, ModerationAction.Type.SLOW);
        if (mode.isEmpty()) {
            return sending.get();
        }
        Instant now = clock.instant();
        String author = user.user().author().id();
        Duration interval = Objects.requireNonNull(mode.get().interval());
        Optional<Duration> wait = slowMode.register(room, author, key, interval, now);
        if (wait.isPresent()) {
            return CompletableFuture.failedFuture(RefusedException.slow(mode.get(), wait.get()));
        }
        return sending.get().whenComplete((done, failure) -> {
            if (failure != null) {
                slowMode.withdraw(room, author, now);
            }
        });
    }

    /**
     * Performs a moderation action. The stage completes once the action is durable and effective on this node; other
     * nodes apply it with their next poll. It fails with {@link RefusedException.Reason#NOT_ALLOWED} if the user is not
     * a moderator of this room by its roles or its token, or, without a room, of all; if the author's rank is the same
     * or higher; and if the action would replace or lift the sanction of a moderator with a higher rank.
     *
     * @param address the IP address of the moderator's connection, for the audit log; empty if unknown
     */
    public CompletionStage<ModerationAction> rule(User moderator, String address, ModerationOrder order) {
        return rule(permissions.standing(moderator), address, order);
    }

    /** As the public method, by a user whose standing a policy may have raised. */
    CompletionStage<ModerationAction> rule(Standing moderator, String address, ModerationOrder order) {
        return effective(orders.perform(moderator, address, order));
    }

    /**
     * Remembers the rank of a moderator that has connected, so that no other moderator of the same or a lower rank can
     * act on the author once it has left.
     */
    void noteRank(User user) {
        orders.noteRank(user, null, permissions.rank(user));
    }

    /** As {@link #noteRank(User)}, for a rank in one room that is higher than the one in all rooms. */
    void noteRank(Standing user, RoomName room) {
        int rank = user.rank(room);
        if (rank > user.rank(null)) {
            orders.noteRank(user.user(), room, rank);
        }
    }

    /**
     * Records the deletion of another author's message before it is performed. The audit log may thus contain a
     * deletion that failed, but lacks none that succeeded.
     */
    CompletionStage<ModerationAction> recordDeletion(Standing moderator, String address, Message target) {
        return effective(orders.recordDeletion(moderator, address, target));
    }

    private CompletionStage<ModerationAction> effective(CompletionStage<ModerationAction> recording) {
        return recording.thenCompose(recorded -> poll().thenApply(done -> recorded));
    }

    /** As {@link RoomSession#sanctions}. */
    CompletionStage<List<ModerationAction>> sanctions(User moderator, @Nullable RoomName room) {
        Optional<Set<RoomName>> rooms = audited(moderator, room);
        boolean mayHold = permissions.of(moderator).contains(Privilege.ERASE);
        return stateStore
                .sanctions()
                .thenApply(all -> all.stream()
                        .filter(action -> action.holds(clock.instant()))
                        .filter(action -> rooms.map(action::isIn).orElse(true))
                        .filter(action -> !action.type().isOfHold() || mayHold)
                        .toList());
    }

    /** As {@link RoomSession#audit}. */
    CompletionStage<List<ModerationAction>> audit(User moderator, @Nullable RoomName room, long before, int limit) {
        return stateStore.before(before, limit, audited(moderator, room));
    }

    /** The room, or those of the moderator's token; empty for all. */
    private static Optional<Set<RoomName>> audited(User moderator, @Nullable RoomName room) {
        return room == null ? moderator.rooms() : Optional.of(Set.of(room));
    }
}
