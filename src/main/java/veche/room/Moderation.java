package veche.room;

import static veche.room.RefusedException.Reason.INVALID;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Bans, mutes and other moderation actions: the checks on users, a moderator's orders, and the audit log. Thread-safe
 * and non-blocking.
 *
 * <p>A ban applies to an author id. A guest's id derives from a secret that the client chooses, and a guest without a
 * secret has a new id on each connection. A ban therefore excludes authenticated users, but only slows guests down.
 */
public final class Moderation {
    /** The open room sessions on this node. */
    interface Sessions {
        /** The users of an author's sessions. */
        List<User> users(String author);

        /** Closes the connections affected by an action, or makes them leave its room; returns their number. */
        int eject(ModerationAction action);
    }

    /** Maximum length of a reason, in characters. */
    public static final int MAX_REASON = 500;

    private static final int MAX_AUTHOR = 300;

    private final RoomStateStore stateStore;
    private final Permissions permissions;
    private final Sessions sessions;
    private final Clock clock;
    private final ActiveSanctions sanctions;

    Moderation(RoomStateStore stateStore, Permissions permissions, Sessions sessions, Clock clock) {
        this.stateStore = stateStore;
        this.permissions = permissions;
        this.sessions = sessions;
        this.clock = clock;
        this.sanctions = new ActiveSanctions(stateStore, sessions, clock);
    }

    /**
     * A moderator's request for an action.
     *
     * @param type the action
     * @param author the id of the affected author
     * @param room the room where it applies, or null for all rooms
     * @param lasting the duration of a ban or mute, or null if it does not expire
     * @param reason the reason; may be empty
     */
    public record Order(
            ModerationAction.Type type,
            String author,
            @Nullable RoomName room,
            @Nullable Duration lasting,
            String reason) {
        /** @throws RefusedException ({@link RefusedException.Reason#INVALID}) if a component is invalid */
        public Order {
            require(
                    !author.isBlank() && author.length() <= MAX_AUTHOR && clean(author),
                    "author is not a valid author id");
            require(!author.startsWith("server:"), "The server's own authors cannot be moderated");
            require(
                    reason.length() <= MAX_REASON && clean(reason),
                    "reason must have at most " + MAX_REASON + " characters and no control characters");
            require(lasting == null || !lasting.isNegative() && !lasting.isZero(), "seconds must be greater than 0");
            require(lasting == null || lasting.toDays() <= 365_000, "seconds must be at most 1000 years");
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new RefusedException(INVALID, message);
            }
        }

        /** Excludes control characters and unpaired surrogates, which storages encode differently. */
        private static boolean clean(String text) {
            return text.codePoints()
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        }
    }

    /** The privileges of each role. */
    public Permissions permissions() {
        return permissions;
    }

    /** Loads the active sanctions. Must complete before clients are admitted. */
    public CompletionStage<Void> start() {
        return sanctions.start();
    }

    /** Loads and applies the actions recorded since the last call, on this node and on others. */
    public CompletionStage<Void> poll() {
        return sanctions.poll();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Whether an active ban covers the room. */
    boolean isBanned(User user, RoomName room) {
        return sanctions.find(user, ModerationAction.Type.BAN, room).isPresent();
    }

    private void checkBan(User user, @Nullable RoomName room) {
        check(user, ModerationAction.Type.BAN, room, RefusedException.Reason.BANNED);
    }

    private void check(User user, ModerationAction.Type type, @Nullable RoomName room, RefusedException.Reason reason) {
        sanctions.find(user, type, room).ifPresent(sanction -> {
            throw new RefusedException(reason, sanction);
        });
    }

    /** @throws RefusedException ({@link RefusedException.Reason#BANNED}) if the user is banned from all rooms */
    public void checkBan(User user) {
        checkBan(user, null);
    }

    /** @throws RefusedException if the user's token does not grant access to the room or the user is banned from it */
    public void checkEntry(User user, RoomName room) {
        checkAdmission(user, room);
        checkBan(user, room);
    }

    /** The user's active mutes, for single rooms and for all rooms. */
    public List<ModerationAction> mutes(User user) {
        return sanctions.all(user, ModerationAction.Type.MUTE);
    }

    void checkMute(User user, RoomName room) {
        check(user, ModerationAction.Type.MUTE, room, RefusedException.Reason.MUTED);
    }

    /**
     * Performs a moderation action. The stage completes once the action is durable and effective on this node; other
     * nodes apply it with their next poll. It fails with {@link RefusedException.Reason#NOT_ALLOWED} if the user is not
     * a moderator, or not of this room, and if the author's role is the same or higher.
     */
    public CompletionStage<ModerationAction> rule(User moderator, Order order) {
        try {
            permissions.check(moderator, privilege(order.type()));
            checkReach(moderator, order.room());
            if (order.author().equals(moderator.author().id())) {
                throw new RefusedException(INVALID, "You cannot moderate yourself");
            }
            checkRank(moderator, order);
        } catch (RefusedException refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        Instant now = now();
        Instant until = order.lasting() == null || !order.type().lasting() ? null : now.plus(order.lasting());
        return record(new ModerationAction(
                0, now, moderator.author(), order.type(), order.author(), order.room(), until, order.reason(), null));
    }

    /** A token limited to rooms grants moderation of these rooms only. */
    private static void checkReach(User moderator, @Nullable RoomName room) {
        if (room == null && moderator.confined()) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "This token is limited to its rooms: specify one of them");
        }
        if (room != null) {
            checkAdmission(moderator, room);
        }
    }

    private static void checkAdmission(User user, RoomName room) {
        if (user.confinedOutOf(room)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "This token does not grant access to the room " + room);
        }
    }

    /** Roles belong to connections: an author without a connection on this node has no rank. */
    private void checkRank(User moderator, Order order) {
        if (order.type() == ModerationAction.Type.KICK || order.type().lasting()) {
            sessions.users(order.author()).forEach(user -> permissions.checkRank(moderator, user));
        }
    }

    private CompletionStage<ModerationAction> record(ModerationAction action) {
        return stateStore.record(action).thenCompose(recorded -> poll().thenApply(done -> recorded));
    }

    private static Privilege privilege(ModerationAction.Type type) {
        return switch (type) {
            case KICK -> Privilege.KICK;
            case BAN, UNBAN -> Privilege.BAN;
            case MUTE, UNMUTE -> Privilege.MUTE;
            case DELETE -> Privilege.DELETE;
        };
    }

    /**
     * Records the deletion of another author's message before it is performed. The audit log may thus contain a
     * deletion that failed, but lacks none that succeeded.
     */
    CompletionStage<ModerationAction> recordDeletion(User moderator, Message target) {
        if (!permissions.of(moderator).contains(Privilege.DELETE)) {
            throw RefusedException.notTheAuthor();
        }
        return record(new ModerationAction(
                0,
                now(),
                moderator.author(),
                ModerationAction.Type.DELETE,
                target.author().id(),
                target.room(),
                null,
                "",
                target.id()));
    }

    /**
     * The active bans and mutes; if the moderator's token is limited to rooms, those in these rooms.
     *
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user lacks {@link Privilege#AUDIT}
     */
    public CompletionStage<List<ModerationAction>> sanctions(User moderator) {
        checkAudit(moderator);
        return stateStore
                .sanctions()
                .thenApply(all -> all.stream()
                        .filter(action -> action.holds(now()))
                        .filter(action -> moderator.rooms().map(action::isIn).orElse(true))
                        .toList());
    }

    /**
     * The audit log, newest first: up to {@code limit} actions with numbers less than {@code before}; if the
     * moderator's token is limited to rooms, those in these rooms.
     *
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) if the user lacks {@link Privilege#AUDIT}
     */
    public CompletionStage<List<ModerationAction>> audit(User moderator, long before, int limit) {
        permissions.check(moderator, Privilege.AUDIT);
        return stateStore.before(before, limit, moderator.rooms());
    }

    void checkAudit(User moderator) {
        permissions.check(moderator, Privilege.AUDIT);
    }
}
