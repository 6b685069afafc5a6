package veche.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between attempts: they double up to a maximum, each shortened by a random part of up to a half. */
record Backoff(RandomGenerator random) {
    private static final long FIRST_MILLIS = 1_000;
    private static final long MAX_MILLIS = Duration.ofMinutes(15).toMillis();
    private static final Duration MAX_DEMANDED = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 20;

    /**
     * The pause after a failure.
     *
     * @param failures earlier failures
     * @param demanded the minimum that the site demands, which is limited to an hour
     */
    Duration pause(int failures, Duration demanded) {
        long longest = Math.min(MAX_MILLIS, FIRST_MILLIS << Math.min(failures, MAX_DOUBLINGS));
        Duration pause = Duration.ofMillis(random.nextLong(longest / 2, longest + 1));
        Duration minimum = demanded.compareTo(MAX_DEMANDED) > 0 ? MAX_DEMANDED : demanded;
        return pause.compareTo(minimum) < 0 ? minimum : pause;
    }
}
