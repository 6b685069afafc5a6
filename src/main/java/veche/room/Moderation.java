package veche.room;

import static veche.room.RefusedException.Reason.INVALID;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bans, mutes and other moderation actions. Active sanctions are held in memory: {@link #start()} loads them, each
 * change on this node reloads them, and {@link #poll()} picks up changes of other nodes. Thread-safe and non-blocking,
 * except for a short lock that the send path never acquires.
 *
 * <p>A ban applies to an author id. A guest's id derives from a secret that the client chooses, and a guest without a
 * secret has a new id on each connection. A ban therefore excludes authenticated users, but only slows guests down.
 */
public final class Moderation {
    /** The open room sessions on this node. */
    interface Sessions {
        /** The users of an author's sessions. */
        List<User> users(String author);

        /** Closes the connections affected by an action and returns their number. */
        int eject(ModerationAction action);
    }

    /** Maximum length of a reason, in characters. */
    public static final int MAX_REASON = 500;

    private static final System.Logger LOG = System.getLogger(Moderation.class.getName());
    private static final int MAX_AUTHOR = 300;
    private static final int POLLED = 1_000;

    private final RoomStateStore stateStore;
    private final Permissions permissions;
    private final Sessions sessions;
    private final Clock clock;
    private final AtomicLong loads = new AtomicLong();
    private final ReentrantLock applying = new ReentrantLock();
    private volatile Sanctions sanctions = Sanctions.NONE;
    /** Guarded by {@link #applying}. */
    private long loaded;

    private volatile long seen;

    Moderation(RoomStateStore stateStore, Permissions permissions, Sessions sessions, Clock clock) {
        this.stateStore = stateStore;
        this.permissions = permissions;
        this.sessions = sessions;
        this.clock = clock;
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
    public record Order(ModerationAction.Type type, String author, RoomName room, Duration lasting, String reason) {
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
        return stateStore.before(Long.MAX_VALUE, 1, Optional.empty()).thenCompose(newest -> {
            seen = newest.isEmpty() ? 0 : newest.get(0).number();
            return load(List.of());
        });
    }

    /** Loads and applies the actions recorded since the last call, on this node and on others. */
    public CompletionStage<Void> poll() {
        return stateStore
                .after(seen, POLLED)
                .thenCompose(news -> news.isEmpty() ? CompletableFuture.completedFuture(null) : load(news));
    }

    private CompletionStage<Void> load(List<ModerationAction> news) {
        long number = loads.incrementAndGet();
        return stateStore.sanctions().thenAccept(holding -> {
            applying.lock();
            try {
                if (number > loaded) {
                    loaded = number;
                    sanctions = new Sanctions(holding);
                }
                news.stream().filter(action -> action.number() > seen).forEach(this::apply);
            } finally {
                applying.unlock();
            }
        });
    }

    private void apply(ModerationAction action) {
        seen = action.number();
        LOG.log(
                Level.INFO,
                "moderation number={0} action={1} author={2} room={3} moderator={4}",
                Long.toString(action.number()),
                action.type().wireName(),
                action.author(),
                action.room() == null ? "*" : action.room(),
                action.moderator().id());
        if (action.type() == ModerationAction.Type.KICK
                || action.type() == ModerationAction.Type.BAN && action.holds(now())) {
            sessions.eject(action);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The user's active ban that covers the room, or, if the room is null, all rooms; null if there is none. */
    ModerationAction ban(User user, RoomName room) {
        return sanctions.find(user.author().id(), ModerationAction.Type.BAN, room, clock);
    }

    void checkBan(User user, RoomName room) {
        ModerationAction ban = ban(user, room);
        if (ban != null) {
            throw new RefusedException(RefusedException.Reason.BANNED, ban);
        }
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
        return sanctions.all(user.author().id(), ModerationAction.Type.MUTE, clock);
    }

    void checkMute(User user, RoomName room) {
        ModerationAction mute = sanctions.find(user.author().id(), ModerationAction.Type.MUTE, room, clock);
        if (mute != null) {
            throw new RefusedException(RefusedException.Reason.MUTED, mute);
        }
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
    private static void checkReach(User moderator, RoomName room) {
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
