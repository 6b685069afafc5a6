package veche.room.access;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A maximum rate of messages of a user in a room.
 *
 * @param permits the messages per period, at least 1 and at most one per nanosecond
 * @param period the period over which they accrue
 * @param burst the messages that may be sent at once; at least 1
 */
public record MessageRate(long permits, Duration period, long burst) {
    /** Any number of messages. */
    public static final MessageRate UNLIMITED = new MessageRate(1_000_000_000, Duration.ofSeconds(1), Long.MAX_VALUE);

    /**
     * Ascending: a rate that permits more in the long term, and with equal ones the greater burst, is more generous.
     */
    public static final Comparator<MessageRate> GENEROSITY =
            Comparator.comparingDouble(MessageRate::frequency).thenComparingLong(MessageRate::burst);

    private static final List<Map.Entry<String, Duration>> UNITS = List.of(
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("d", Duration.ofDays(1)));

    /** @throws IllegalArgumentException if a component is out of range */
    public MessageRate {
        if (permits < 1 || burst < 1 || period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("A rate and its burst must be at least 1");
        }
        if (perSecond(permits, period) > 1e9) {
            throw new IllegalArgumentException("A rate must be at most one per nanosecond");
        }
    }

    /** Per second. */
    private double frequency() {
        return perSecond(permits, period);
    }

    private static double perSecond(long permits, Duration period) {
        return permits / (period.getSeconds() + period.getNano() / 1e9);
    }

    /** The text in rules and protocols, such as {@code 5/s burst 20}, or {@code off} for {@link #UNLIMITED}. */
    @Override
    public String toString() {
        if (equals(UNLIMITED)) {
            return "off";
        }
        String unit = UNITS.stream()
                .filter(each -> each.getValue().equals(period))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(period::toString);
        return permits + "/" + unit + (burst == permits ? "" : " burst " + burst);
    }
}
