package veche.log;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import veche.room.RefusedException;

/**
 * Writes failures to the server's log, each with an id that the person who asked is told. A storage that is away fails
 * thousands of times a second: of equal failures one in {@link #QUIET} is written.
 */
final class Incidents {
    /** How long equal failures stay unwritten. */
    static final Duration QUIET = Duration.ofSeconds(5);

    private static final System.Logger LOGGER = System.getLogger("veche.log");

    private record Written(String cause, String incident, long at) {}

    private final RandomGenerator random = new SecureRandom();
    private final AtomicLong unwritten = new AtomicLong();
    private volatile Written last = new Written("", "", 0);

    /** Records why the storage failed. */
    RefusedException unavailable(Throwable cause) {
        return new RefusedException(
                RefusedException.Reason.LOG_UNAVAILABLE,
                "Messages cannot be stored now; try later (incident " + note(cause) + ")");
    }

    private String note(Throwable cause) {
        Written before = last;
        long now = System.nanoTime();
        if (before.cause().equals(cause.toString()) && now - before.at() < QUIET.toNanos()) {
            unwritten.incrementAndGet();
            return before.incident();
        }
        String incident = Long.toString(random.nextLong(1L << 40), 36);
        last = new Written(cause.toString(), incident, now);
        LOGGER.log(
                Level.ERROR,
                "The log failed, incident " + incident + " (" + unwritten.getAndSet(0) + " equal ones before)",
                cause);
        return incident;
    }

    /** Runs what must not throw, and records it if it does. */
    void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            note(e);
        }
    }
}
