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
 * Who is banned and muted, and what moderators do about it. What holds is known in memory: loaded by {@link #start()},
 * again after each change here, and by {@link #poll()} after those of other nodes. Thread-safe; nothing here blocks but
 * for a moment's lock that is never taken while sending.
 *
 * <p>A ban is of an author. A guest whose author id comes from a secret of their own can make up a new secret, and one
 * without a secret is somebody else at every connection: a ban keeps out those who are known otherwise, and slows guests
 * down. More is not offered.
 */
public final class Moderation {
    /** The open sessions of users on this node. */
    interface Sessions {
        /** The users of an author's sessions. */
        List<User> users(String author);

        /** Closes the connections that an action concerns; returns how many. */
        int eject(ModerationAction action);
    }

    /** The longest reason, in characters. */
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
    /** Touched with the lock only. */
    private long loaded;

    private volatile long seen;

    Moderation(RoomStateStore stateStore, Permissions permissions, Sessions sessions, Clock clock) {
        this.stateStore = stateStore;
        this.permissions = permissions;
        this.sessions = sessions;
        this.clock = clock;
    }

    /**
     * What is to be done to whom.
     *
     * @param author the author's id
     * @param room where, or null for everywhere
     * @param lasting how long a ban or mute holds, or null for ever
     * @param reason why; perhaps empty
     */
    public record Order(ModerationAction.Type type, String author, RoomName room, Duration lasting, String reason) {
        /** @throws RefusedException ({@link RefusedException.Reason#INVALID}) where it cannot be followed */
        public Order {
            require(!author.isBlank() && author.length() <= MAX_AUTHOR && clean(author), "author is no author's id");
            require(!author.startsWith("server:"), "The server itself obeys no moderator");
            require(reason.length() <= MAX_REASON && clean(reason), "reason has at most " + MAX_REASON + " characters");
            require(lasting == null || !lasting.isNegative() && !lasting.isZero(), "seconds is more than 0");
            require(lasting == null || lasting.toDays() <= 365_000, "seconds is at most 1000 years");
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new RefusedException(INVALID, otherwise);
            }
        }

        /** Neither control characters nor halves of surrogate pairs, which no storage keeps alike. */
        private static boolean clean(String text) {
            return text.codePoints()
                    .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        }
    }

    /** Who may what. */
    public Permissions permissions() {
        return permissions;
    }

    /** Loads what holds; nobody should be let in before. */
    public CompletionStage<Void> start() {
        return stateStore.before(Long.MAX_VALUE, 1, Optional.empty()).thenCompose(newest -> {
            seen = newest.isEmpty() ? 0 : newest.get(0).number();
            return load(List.of());
        });
    }

    /** Learns what was ruled since, here and on other nodes, and acts upon it. */
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

    /** The ban that keeps them out of that room, or, with null, out of all; null where there is none. */
    ModerationAction ban(User user, RoomName room) {
        return sanctions.find(user.author().id(), ModerationAction.Type.BAN, room, clock);
    }

    void checkBan(User user, RoomName room) {
        ModerationAction ban = ban(user, room);
        if (ban != null) {
            throw new RefusedException(RefusedException.Reason.BANNED, ban);
        }
    }

    /** @throws RefusedException ({@link RefusedException.Reason#BANNED}) where they may not connect at all */
    public void checkBan(User user) {
        checkBan(user, null);
    }

    /** @throws RefusedException where they may not come into that room: by their token, or by a moderator's ban */
    public void checkEntry(User user, RoomName room) {
        checkAdmission(user, room);
        checkBan(user, room);
    }

    /** The mutes of this author that hold now, in some rooms or everywhere. */
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
     * Does something to an author. The stage completes once it is durable and holds here; other nodes follow with their
     * next poll. It fails with {@link RefusedException.Reason#NOT_ALLOWED} for those who do not moderate, or not in that room, and
     * where the author has the same role or a higher one.
     */
    public CompletionStage<ModerationAction> rule(User moderator, Order order) {
        try {
            permissions.check(moderator, privilege(order.type()));
            checkReach(moderator, order.room());
            if (order.author().equals(moderator.author().id())) {
                throw new RefusedException(INVALID, "Nobody moderates themselves");
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

    /** A token that names rooms makes its bearer a moderator of these rooms only. */
    private static void checkReach(User moderator, RoomName room) {
        if (room == null && moderator.confined()) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "This token moderates its rooms only: name one of them");
        }
        if (room != null) {
            checkAdmission(moderator, room);
        }
    }

    private static void checkAdmission(User user, RoomName room) {
        if (user.confinedOutOf(room)) {
            throw new RefusedException(
                    RefusedException.Reason.NOT_ALLOWED, "This token does not admit to the room " + room);
        }
    }

    /** Roles come with a connection: an author without one on this node has no rank. */
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
     * Records that the message of another is taken back, before it is: the audit may name a deletion that then failed,
     * but misses none.
     */
    CompletionStage<ModerationAction> overrule(User moderator, Message target) {
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
     * The bans and mutes that hold now; for a moderator whose token names rooms, those in these rooms.
     *
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) to those who do not moderate
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
     * What was done, newest first: up to {@code limit} rulings with numbers less than {@code before}; for a moderator
     * whose token names rooms, those in these rooms.
     *
     * @throws RefusedException ({@link RefusedException.Reason#NOT_ALLOWED}) to those who do not moderate
     */
    public CompletionStage<List<ModerationAction>> audit(User moderator, long before, int limit) {
        permissions.check(moderator, Privilege.AUDIT);
        return stateStore.before(before, limit, moderator.rooms());
    }

    void checkAudit(User moderator) {
        permissions.check(moderator, Privilege.AUDIT);
    }
}
