package veche.limit;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A maximum rate.
 *
 * @param permits the permits per period, at least 1 and at most one per nanosecond
 * @param period the period over which they accrue
 * @param burst the permits that accrue at most, and may thus be used at once; at least 1
 */
public record Rate(long permits, Duration period, long burst) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,13})/(s|m|h|d)(?: burst (\\d{1,13}))?");

    public Rate {
        if (permits < 1 || burst < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("A rate and its burst must be at least 1");
        }
        if (permits > period.toNanos()) {
            throw new IllegalArgumentException("A rate must be at most one per nanosecond");
        }
    }

    /**
     * Parses {@code 20/s} or {@code 20/s burst 100}; the units are s, m, h and d. Without a burst, it equals the
     * permits of a period.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Rate of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("Not a rate such as 20/s or 20/s burst 100: " + text);
        }
        long permits = Long.parseLong(form.group(1));
        Duration period = switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
        return new Rate(permits, period, form.group(3) == null ? permits : Long.parseLong(form.group(3)));
    }

    /**
     * The rate of several that have this one each, at most one permit per nanosecond.
     *
     * @param count at least 1 and at most a million
     */
    public Rate times(int count) {
        return new Rate(Math.min(permits * count, period.toNanos()), period, burst * count);
    }
}
