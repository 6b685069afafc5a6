package veche.room;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sanctions in force, held in memory: {@link #start()} loads them, and {@link #poll()} picks up the changes of this
 * node and of others and closes the connections of those affected. Thread-safe and non-blocking, except for a short
 * lock that the send path never acquires.
 */
final class ActiveSanctions {
    private static final System.Logger LOG = System.getLogger(Moderation.class.getName());
    private static final int POLLED = 1_000;
    /** How long an erasure of all rooms may take. */
    private static final Duration ERASURE = Duration.ofHours(1);

    private final RoomStateStore stateStore;
    private final Moderation.Sessions sessions;
    private final Permissions permissions;
    private final Clock clock;
    private final List<Consumer<ModerationAction>> modeListeners = new CopyOnWriteArrayList<>();
    private final Map<String, Instant> erasures = new ConcurrentHashMap<>();
    private volatile Consumer<String> erasureListener = author -> {};
    private final AtomicLong loads = new AtomicLong();
    private final ReentrantLock applying = new ReentrantLock();
    private volatile Sanctions sanctions = Sanctions.NONE;
    /** Guarded by {@link #applying}. */
    private long loaded;

    private volatile long seen;

    ActiveSanctions(RoomStateStore stateStore, Moderation.Sessions sessions, Permissions permissions, Clock clock) {
        this.stateStore = stateStore;
        this.sessions = sessions;
        this.permissions = permissions;
        this.clock = clock;
    }

    /** As {@link Moderation#onMode}. */
    void onMode(Consumer<ModerationAction> listener) {
        modeListeners.add(listener);
    }

    /** As {@link Moderation#onErasure}. */
    void onErasure(Consumer<String> listener) {
        erasureListener = listener;
    }

    /** As {@link Moderation#start()}. */
    CompletionStage<Void> start() {
        return stateStore.before(Long.MAX_VALUE, 1, Optional.empty()).thenCompose(newest -> {
            seen = newest.isEmpty() ? 0 : newest.get(0).number();
            return load(List.of());
        });
    }

    /** As {@link Moderation#poll()}. */
    CompletionStage<Void> poll() {
        return stateStore
                .after(seen, POLLED)
                .thenCompose(news -> news.isEmpty() ? CompletableFuture.completedFuture(null) : load(news))
                .thenRun(this::applyErasures);
    }

    private void applyErasures() {
        Instant since = clock.instant().minus(ERASURE);
        erasures.values().removeIf(recorded -> recorded.isBefore(since));
        erasures.keySet().forEach(erasureListener);
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
                quoted(action.author()),
                action.room() == null ? "*" : action.room(),
                quoted(action.moderator().author().id()));
        if (ejects(action)) {
            sessions.eject(action, user -> permissions.exempts(user, action));
        }
        if (action.type() == ModerationAction.Type.ERASE) {
            erasures.put(action.author(), action.at());
        }
        if (action.type().isMode()) {
            modeListeners.forEach(listener -> listener.accept(action));
        }
    }

    private boolean ejects(ModerationAction action) {
        return switch (action.type()) {
            case KICK -> true;
            case BAN, CLOSE -> action.holds(clock.instant());
            case UNBAN, MUTE, UNMUTE, DELETE, REVOKE, SLOW, READONLY, OPEN, ERASE, HOLD, RELEASE -> false;
        };
    }

    /** The active mode of the room, unless the user is exempt from it. */
    Optional<ModerationAction> mode(Standing user, RoomName room) {
        return sanctions.mode(room, clock).filter(mode -> !permissions.exempts(user, mode));
    }

    /** The active mode of the room. */
    Optional<ModerationAction> mode(RoomName room) {
        return sanctions.mode(room, clock);
    }

    /** The ban of the user's address, unless the user is exempt from it. */
    Optional<ModerationAction> addressBan(User user, String address) {
        return sanctions.ofAddress(address, clock).stream()
                .filter(ban -> !permissions.exempts(permissions.standing(user), ban))
                .findFirst();
    }

    /** An id for a log line: the moderator chooses one, and the issuer of tokens the other. */
    private static String quoted(String id) {
        return '"' + id.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\"]", "?") + '"';
    }

    /** The user's sanction of a type that covers the room, or, if the room is null, all rooms. */
    Optional<ModerationAction> find(User user, ModerationAction.Type type, @Nullable RoomName room) {
        return sanctions.find(user.author().id(), type, room, clock);
    }

    /** The user's sanctions of a type, for single rooms and for all rooms. */
    List<ModerationAction> all(User user, ModerationAction.Type type) {
        return sanctions.all(user.author().id(), type, clock);
    }
}
