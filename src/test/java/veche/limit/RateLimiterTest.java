package veche.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final AtomicLong now = new AtomicLong();
    private final TimeMeter clock = new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return now.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    };
    private final RateLimiter limiter = new RateLimiter(Rate.of("2/s burst 3"), clock, 10);

    private long permitted(String key, int attempts) {
        return IntStream.range(0, attempts)
                .filter(attempt -> limiter.refusal(key).isEmpty())
                .count();
    }

    @Test
    void aBurstIsPermittedAndThenTheRate() {
        assertEquals(3, permitted("ann", 10));
        assertEquals(Optional.of(Duration.ofMillis(500)), limiter.refusal("ann"));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(2, permitted("ann", 10));
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertEquals(3, permitted("ann", 10));
    }

    @Test
    void aPermitGivenBackIsAvailableAgainAndABurstIsNotExceeded() {
        assertEquals(Optional.empty(), limiter.wait("ann"));
        assertEquals(3, permitted("ann", 3));
        assertEquals(Optional.of(Duration.ofMillis(500)), limiter.wait("ann"));
        limiter.giveBack("ann");
        assertEquals(Optional.empty(), limiter.wait("ann"));
        assertEquals(1, permitted("ann", 10));
        for (int i = 0; i < 10; i++) {
            limiter.giveBack("ann");
        }
        assertEquals(3, permitted("ann", 10));
    }

    @Test
    void keysDoNotAffectEachOther() {
        assertEquals(3, permitted("ann", 10));
        assertEquals(3, permitted("bob", 10));
    }

    @Test
    void keysThatAreNotInUseAreForgotten() {
        IntStream.range(0, 10).forEach(key -> permitted("key" + key, 1));
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertEquals(3, permitted("new", 10));
        assertTrue(limiter.keys() < 10);
    }

    @Test
    void keysBeyondTheMaximumShareOneBucket() {
        IntStream.range(0, 10).forEach(key -> permitted("key" + key, 3));
        assertEquals(3, permitted("new", 2) + permitted("newer", 2));
        assertEquals(10, limiter.keys());
    }
}
