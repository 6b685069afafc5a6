package veche.log;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import veche.room.RefusedException;

/**
 * Logs failures, each with an incident id that is also returned to the client. An unavailable storage may fail
 * thousands of times per second; consecutive identical failures are therefore logged at most once per
 * {@link #LOG_INTERVAL}.
 */
final class Incidents {
    /** Minimum interval between log entries of identical failures. */
    static final Duration LOG_INTERVAL = Duration.ofSeconds(5);

    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private record Logged(String cause, String incident, long at) {}

    private final RandomGenerator random = new SecureRandom();
    private final AtomicLong suppressed = new AtomicLong();
    private volatile Logged last = new Logged("", "", 0);

    /** Logs a storage failure and returns the exception for the client. */
    RefusedException unavailable(Throwable cause) {
        return new RefusedException(
                RefusedException.Reason.LOG_UNAVAILABLE,
                "Storage unavailable; retry later (incident " + log(cause) + ")");
    }

    /** Logs a failure that concerns no client. */
    void report(Throwable cause) {
        String unused = log(cause);
    }

    private String log(Throwable cause) {
        Logged before = last;
        long now = System.nanoTime();
        if (before.cause().equals(cause.toString()) && now - before.at() < LOG_INTERVAL.toNanos()) {
            suppressed.incrementAndGet();
            return before.incident();
        }
        String incident = Long.toString(random.nextLong(1L << 40), 36);
        last = new Logged(cause.toString(), incident, now);
        LOGGER.log(
                Level.ERROR,
                "Failure in the log, incident " + incident + " (" + suppressed.getAndSet(0) + " duplicates suppressed)",
                cause);
        return incident;
    }

    /** Runs an action and logs any exception that it throws. */
    void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            log(e);
        }
    }
}
