package veche.identity;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import veche.room.RoomStateStore;
import veche.room.User;

/**
 * The names of users whose identity was verified, which guests cannot use: a guest that asks for such a name, or for
 * one that readers would confuse with it, appears with a number after it. Names are durable, shared by all nodes and
 * held in memory. Thread-safe and non-blocking.
 */
public final class RegisteredNames implements GuestNames {
    private static final System.Logger LOG = System.getLogger(RegisteredNames.class.getName());

    private static final Duration MAX_PRECISION = Duration.ofDays(1);
    /** How often all names are read, so that those that were deleted become available. */
    private static final Duration RELOAD = Duration.ofHours(1);
    /** The difference between the clocks of two nodes that does no harm. */
    private static final Duration OVERLAP = Duration.ofMinutes(1);

    private final RoomStateStore stateStore;
    private final Duration memory;
    /** How long the use of a name is not stored again. */
    private final Duration precision;

    private final Clock clock;
    /** The latest use of each key. */
    private final Map<String, Instant> uses = new ConcurrentHashMap<>();

    private volatile Instant polled = Instant.EPOCH;
    private volatile Instant reloaded = Instant.EPOCH;

    /** @param memory how long a name remains that of a user after the user's last connection */
    public RegisteredNames(RoomStateStore stateStore, Duration memory, Clock clock) {
        this.stateStore = stateStore;
        this.memory = memory;
        Duration part = memory.dividedBy(10);
        this.precision = part.compareTo(MAX_PRECISION) < 0 ? part : MAX_PRECISION;
        this.clock = clock;
    }

    /**
     * Loads the names that other nodes have stored since the last call, and once per hour all of them. The first stage
     * must complete before clients are admitted.
     */
    public CompletionStage<Void> poll() {
        Instant now = clock.instant();
        boolean all = !now.isBefore(reloaded.plus(RELOAD));
        return stateStore.names(all ? now.minus(memory) : polled.minus(OVERLAP)).thenAccept(found -> {
            found.forEach((key, at) -> uses.merge(key, at, RegisteredNames::later));
            if (all) {
                // A name that was noted after the query is not in its result.
                uses.entrySet().removeIf(use -> use.getValue().isBefore(now) && !found.containsKey(use.getKey()));
                reloaded = now;
            }
            polled = now;
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Registers the name of a user that connects, unless it is a guest. */
    public void note(User user) {
        if (user.provider() == User.Provider.GUEST || memory.isZero()) {
            return;
        }
        Set<String> keys = NameKeys.of(user.author().name());
        if (user.provider() == User.Provider.SERVER) {
            keys.forEach(key -> uses.put(key, Instant.MAX));
            return;
        }
        Instant now = clock.instant();
        Instant recent = now.minus(precision);
        if (keys.stream().allMatch(key -> uses.getOrDefault(key, Instant.MIN).isAfter(recent))) {
            return;
        }
        keys.forEach(key -> uses.merge(key, now, RegisteredNames::later));
        store(user, keys, now);
    }

    private void store(User user, Set<String> keys, Instant now) {
        stateStore.noteName(user.author().id(), keys, now, now.minus(memory)).whenComplete((done, failure) -> {
            if (failure != null) {
                keys.forEach(key -> uses.replace(key, now, now.minus(precision))); // repeated at the next use
                LOG.log(
                        Level.WARNING,
                        "The name of author={0} was not stored: {1}",
                        user.author().id(),
                        failure.getMessage());
            }
        });
    }

    @Override
    public String available(String name) {
        String available = name;
        for (int number = 2; isRegistered(available); number++) {
            available = DisplayNames.numbered(name, number);
        }
        return available;
    }

    private boolean isRegistered(String name) {
        Instant since = clock.instant().minus(memory);
        return NameKeys.of(name).stream()
                .anyMatch(key -> uses.getOrDefault(key, Instant.MIN).isAfter(since));
    }
}
