package veche.limit;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the rate per key, such as a client address, by token buckets. A key whose bucket is full again is forgotten
 * when room is needed; if as many keys as it keeps are in use, all further ones share one bucket. Thread-safe; never
 * blocks.
 */
public final class RateLimiter {
    private static final int MAX_KEYS = 50_000;
    private static final long PRUNE_INTERVAL_NANOS = 1_000_000_000;

    private final Rate rate;
    private final TimeMeter clock;
    private final int maxKeys;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Bucket overflow;
    /** No permit is ever taken of it. */
    private final Bucket full;

    private final AtomicLong nextPrune;

    public RateLimiter(Rate rate) {
        this(rate, TimeMeter.SYSTEM_NANOTIME, MAX_KEYS);
    }

    RateLimiter(Rate rate, TimeMeter clock, int maxKeys) {
        this.rate = rate;
        this.clock = clock;
        this.maxKeys = maxKeys;
        this.overflow = bucket();
        this.full = bucket();
        this.nextPrune = new AtomicLong(clock.currentTimeNanos());
    }

    private Bucket bucket() {
        return bucket(rate, clock);
    }

    /** A full bucket of a rate. */
    static Bucket bucket(Rate rate) {
        return bucket(rate, TimeMeter.SYSTEM_NANOTIME);
    }

    private static Bucket bucket(Rate rate, TimeMeter clock) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(rate.burst())
                        .refillGreedy(rate.permits(), rate.period())
                        .build())
                .withCustomTimePrecision(clock)
                .build();
    }

    /** Takes a permit, or returns the time until the next one is available. */
    public Optional<Duration> refusal(String key) {
        return refusal(key, 1);
    }

    /**
     * Takes permits, or returns the time until they are available, which more than the burst never are.
     *
     * @param permits at least 1
     */
    public Optional<Duration> refusal(String key, long permits) {
        ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(permits);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** Returns the time until a permit is available, without taking it; empty if one is. */
    public Optional<Duration> wait(String key) {
        Bucket known = buckets.get(key);
        EstimationProbe probe = (known != null ? known : overflowOrFull()).estimateAbilityToConsume(1);
        return probe.canBeConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** The bucket of a key that has none. */
    private Bucket overflowOrFull() {
        return buckets.size() >= maxKeys ? overflow : full;
    }

    /** Gives back a permit. */
    public void giveBack(String key) {
        giveBack(key, 1);
    }

    /** Gives back permits, at least 1. */
    public void giveBack(String key, long permits) {
        bucket(key).addTokens(permits);
    }

    private Bucket bucket(String key) {
        Bucket known = buckets.get(key);
        if (known != null) {
            return known;
        }
        if (buckets.size() >= maxKeys) {
            prune();
        }
        return buckets.size() >= maxKeys ? overflow : buckets.computeIfAbsent(key, unseen -> bucket());
    }

    /** At most once a second, so that many new keys do not each cost a pass over all. */
    private void prune() {
        long now = clock.currentTimeNanos();
        long due = nextPrune.get();
        if (now - due >= 0 && nextPrune.compareAndSet(due, now + PRUNE_INTERVAL_NANOS)) {
            buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= rate.burst());
        }
    }

    /** The number of keys with a bucket of their own. */
    int keys() {
        return buckets.size();
    }
}
