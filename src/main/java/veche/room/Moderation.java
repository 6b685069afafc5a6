package veche.room;

import static veche.room.Refusal.Reason.INVALID;

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
    /** The longest reason, in characters. */
    public static final int MAX_REASON = 500;

    private static final System.Logger LOG = System.getLogger(Moderation.class.getName());
    private static final int MAX_AUTHOR = 300;
    private static final int POLLED = 1_000;

    private final Ledger ledger;
    private final Permissions permissions;
    private final Visits visits;
    private final Clock clock;
    private final AtomicLong loads = new AtomicLong();
    private final ReentrantLock applying = new ReentrantLock();
    private volatile Sanctions sanctions = Sanctions.NONE;
    /** Touched with the lock only. */
    private long loaded;

    private volatile long seen;

    Moderation(Ledger ledger, Permissions permissions, Visits visits, Clock clock) {
        this.ledger = ledger;
        this.permissions = permissions;
        this.visits = visits;
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
    public record Order(Ruling.Action action, String author, RoomName room, Duration lasting, String reason) {
        /** @throws Refusal ({@link Refusal.Reason#INVALID}) where it cannot be followed */
        public Order {
            require(!author.isBlank() && author.length() <= MAX_AUTHOR && clean(author), "author is no author's id");
            require(!author.startsWith("server:"), "The server itself obeys no moderator");
            require(reason.length() <= MAX_REASON && clean(reason), "reason has at most " + MAX_REASON + " characters");
            require(lasting == null || !lasting.isNegative() && !lasting.isZero(), "seconds is more than 0");
            require(lasting == null || lasting.toDays() <= 365_000, "seconds is at most 1000 years");
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new Refusal(INVALID, otherwise);
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
        return ledger.before(Long.MAX_VALUE, 1, Optional.empty()).thenCompose(newest -> {
            seen = newest.isEmpty() ? 0 : newest.get(0).number();
            return load(List.of());
        });
    }

    /** Learns what was ruled since, here and on other nodes, and acts upon it. */
    public CompletionStage<Void> poll() {
        return ledger.after(seen, POLLED)
                .thenCompose(news -> news.isEmpty() ? CompletableFuture.completedFuture(null) : load(news));
    }

    private CompletionStage<Void> load(List<Ruling> news) {
        long number = loads.incrementAndGet();
        return ledger.sanctions().thenAccept(holding -> {
            applying.lock();
            try {
                if (number > loaded) {
                    loaded = number;
                    sanctions = new Sanctions(holding);
                }
                news.stream().filter(ruling -> ruling.number() > seen).forEach(this::apply);
            } finally {
                applying.unlock();
            }
        });
    }

    private void apply(Ruling ruling) {
        seen = ruling.number();
        LOG.log(
                Level.INFO,
                "moderation number={0} action={1} author={2} room={3} moderator={4}",
                Long.toString(ruling.number()),
                ruling.action().wireName(),
                ruling.author(),
                ruling.room() == null ? "*" : ruling.room(),
                ruling.moderator().id());
        if (ruling.action() == Ruling.Action.KICK || ruling.action() == Ruling.Action.BAN && ruling.holds(now())) {
            visits.eject(ruling);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The ban that keeps them out of that room, or, with null, out of all; null where there is none. */
    Ruling ban(Visitor visitor, RoomName room) {
        return sanctions.find(visitor.author().id(), Ruling.Action.BAN, room, clock);
    }

    void checkBan(Visitor visitor, RoomName room) {
        Ruling ban = ban(visitor, room);
        if (ban != null) {
            throw new Refusal(Refusal.Reason.BANNED, ban);
        }
    }

    /** @throws Refusal ({@link Refusal.Reason#BANNED}) where they may not connect at all */
    public void checkBan(Visitor visitor) {
        checkBan(visitor, null);
    }

    /** @throws Refusal where they may not come into that room: by their token, or by a moderator's ban */
    public void checkEntry(Visitor visitor, RoomName room) {
        checkAdmission(visitor, room);
        checkBan(visitor, room);
    }

    /** The mutes of this author that hold now, in some rooms or everywhere. */
    public List<Ruling> mutes(Visitor visitor) {
        return sanctions.all(visitor.author().id(), Ruling.Action.MUTE, clock);
    }

    void checkMute(Visitor visitor, RoomName room) {
        Ruling mute = sanctions.find(visitor.author().id(), Ruling.Action.MUTE, room, clock);
        if (mute != null) {
            throw new Refusal(Refusal.Reason.MUTED, mute);
        }
    }

    /**
     * Does something to an author. The stage completes once it is durable and holds here; other nodes follow with their
     * next poll. It fails with {@link Refusal.Reason#NOT_ALLOWED} for those who do not moderate, or not in that room, and
     * where the author has the same role or a higher one.
     */
    public CompletionStage<Ruling> rule(Visitor moderator, Order order) {
        try {
            permissions.check(moderator, deed(order.action()));
            checkReach(moderator, order.room());
            if (order.author().equals(moderator.author().id())) {
                throw new Refusal(INVALID, "Nobody moderates themselves");
            }
            checkRank(moderator, order);
        } catch (Refusal refusal) {
            return CompletableFuture.failedFuture(refusal);
        }
        Instant now = now();
        Instant until = order.lasting() == null || !order.action().lasting() ? null : now.plus(order.lasting());
        return record(new Ruling(
                0, now, moderator.author(), order.action(), order.author(), order.room(), until, order.reason(), null));
    }

    /** A token that names rooms makes its bearer a moderator of these rooms only. */
    private static void checkReach(Visitor moderator, RoomName room) {
        if (room == null && moderator.confined()) {
            throw new Refusal(Refusal.Reason.NOT_ALLOWED, "This token moderates its rooms only: name one of them");
        }
        if (room != null) {
            checkAdmission(moderator, room);
        }
    }

    private static void checkAdmission(Visitor visitor, RoomName room) {
        if (visitor.confinedOutOf(room)) {
            throw new Refusal(Refusal.Reason.NOT_ALLOWED, "This token does not admit to the room " + room);
        }
    }

    /** Roles come with a connection: an author without one on this node has no rank. */
    private void checkRank(Visitor moderator, Order order) {
        if (order.action() == Ruling.Action.KICK || order.action().lasting()) {
            visits.of(order.author()).forEach(visit -> permissions.checkRank(moderator, visit.visitor()));
        }
    }

    private CompletionStage<Ruling> record(Ruling ruling) {
        return ledger.record(ruling).thenCompose(recorded -> poll().thenApply(done -> recorded));
    }

    private static Deed deed(Ruling.Action action) {
        return switch (action) {
            case KICK -> Deed.KICK;
            case BAN, UNBAN -> Deed.BAN;
            case MUTE, UNMUTE -> Deed.MUTE;
            case DELETE -> Deed.DELETE;
        };
    }

    /**
     * Records that the message of another is taken back, before it is: the audit may name a deletion that then failed,
     * but misses none.
     */
    CompletionStage<Ruling> overrule(Visitor moderator, Message target) {
        if (!permissions.of(moderator).contains(Deed.DELETE)) {
            throw Rooms.notTheirs();
        }
        return record(new Ruling(
                0,
                now(),
                moderator.author(),
                Ruling.Action.DELETE,
                target.author().id(),
                target.room(),
                null,
                "",
                target.id()));
    }

    /**
     * The bans and mutes that hold now; for a moderator whose token names rooms, those in these rooms.
     *
     * @throws Refusal ({@link Refusal.Reason#NOT_ALLOWED}) to those who do not moderate
     */
    public CompletionStage<List<Ruling>> sanctions(Visitor moderator) {
        checkAudit(moderator);
        return ledger.sanctions()
                .thenApply(all -> all.stream()
                        .filter(ruling -> ruling.holds(now()))
                        .filter(ruling -> moderator.rooms().map(ruling::isIn).orElse(true))
                        .toList());
    }

    /**
     * What was done, newest first: up to {@code limit} rulings with numbers less than {@code before}; for a moderator
     * whose token names rooms, those in these rooms.
     *
     * @throws Refusal ({@link Refusal.Reason#NOT_ALLOWED}) to those who do not moderate
     */
    public CompletionStage<List<Ruling>> audit(Visitor moderator, long before, int limit) {
        permissions.check(moderator, Deed.AUDIT);
        return ledger.before(before, limit, moderator.rooms());
    }

    void checkAudit(Visitor moderator) {
        permissions.check(moderator, Deed.AUDIT);
    }
}
