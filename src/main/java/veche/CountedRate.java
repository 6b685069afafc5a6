package veche;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import veche.limit.RateLimiter;

/** A rate per key whose refusals are counted. Thread-safe; never blocks. */
record CountedRate(RateLimiter limiter, LongAdder refused) {
    /** Takes permits, or returns the time until they are available. */
    Optional<Duration> take(String key, long permits) {
        return counted(limiter.refusal(key, permits));
    }

    /** The time until a permit is available, which is not taken. */
    Optional<Duration> wait(String key) {
        return counted(limiter.wait(key));
    }

    void giveBack(String key, long permits) {
        limiter.giveBack(key, permits);
    }

    private Optional<Duration> counted(Optional<Duration> refusal) {
        if (refusal.isPresent()) {
            refused.increment();
        }
        return refusal;
    }
}
