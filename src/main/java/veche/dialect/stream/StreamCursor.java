package veche.dialect.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Numbers that differ between the responses to requests for the same offset, so that caches do not repeat an empty one
 * for ever (Durable Streams §10.1).
 */
public final class StreamCursor {
    private static final Instant EPOCH = Instant.parse("2024-10-09T00:00:00Z");
    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final int MAX_JITTER = 3_600;

    private StreamCursor() {}

    /** The number of the present interval. */
    public static long now() {
        return Duration.between(EPOCH, Instant.now()).dividedBy(INTERVAL);
    }

    /** A number that is greater than the one the client has sent. */
    public static long after(long sent) {
        long now = now();
        return sent < now ? now : sent + ThreadLocalRandom.current().nextInt(1, MAX_JITTER + 1);
    }
}
