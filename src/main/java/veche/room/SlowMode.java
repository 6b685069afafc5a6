package veche.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The times at which authors may send the next message to rooms in slow mode, by the messages sent on this node.
 * Thread-safe and non-blocking.
 */
final class SlowMode {
    private record Key(RoomName room, String author) {}

    /** @param key the idempotency key, or null */
    private record Sent(Instant at, Instant until, @Nullable String key) {
        boolean repeats(@Nullable String other) {
            return key != null && key.equals(other);
        }
    }

    private final Map<Key, Sent> sent = new ConcurrentHashMap<>();

    /**
     * Registers a message, or returns the time until the author may send the next one. A message that is sent again
     * with the same idempotency key is admitted.
     */
    @SuppressWarnings("ReferenceEquality") // two messages may be sent at the same time
    Optional<Duration> register(RoomName room, String author, @Nullable String key, Duration interval, Instant now) {
        Sent message = new Sent(now, now.plus(interval), key);
        Sent last = Objects.requireNonNull(sent.merge(
                new Key(room, author),
                message,
                (before, after) ->
                        before.repeats(key) || before.at().plus(interval).isAfter(now) ? before : after));
        Duration left = Duration.between(now, last.at().plus(interval));
        return last == message || last.repeats(key) ? Optional.empty() : Optional.of(left);
    }

    /** Revokes the registration of a message that was not sent. */
    void withdraw(RoomName room, String author, Instant at) {
        sent.computeIfPresent(new Key(room, author), (same, last) -> last.at().equals(at) ? null : last);
    }

    /** Removes what no longer has an effect. */
    void prune(Instant now) {
        sent.values().removeIf(last -> !last.until().isAfter(now));
    }
}
