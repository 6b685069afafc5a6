package veche;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import veche.limit.FailedLogins;
import veche.limit.Rate;
import veche.limit.Throughput;
import veche.room.access.UserLimits;
import veche.socket.ConnectionQuota;

/** Reads {@code veche.limit.*}. */
final class LimitSettings {
    private static final String NONE = "off";
    private static final int GUESTS_PER_ADDRESS = 10;

    private LimitSettings() {}

    static ConnectionQuota.Limits connections(ConfigReader source) {
        ConnectionQuota.Limits standard = ConnectionQuota.Limits.DEFAULT;
        return new ConnectionQuota.Limits(
                source.get("veche.limit.handshakes-per-address", standard.handshakesPerAddress(), LimitSettings::rate),
                source.number(
                        "veche.limit.connections-per-address", standard.connectionsPerAddress(), 0, Integer.MAX_VALUE),
                source.number("veche.limit.connections-per-user", standard.connectionsPerUser(), 0, Integer.MAX_VALUE));
    }

    static Throughput.Limits input(ConfigReader source) {
        Throughput.Limits standard = Throughput.Limits.DEFAULT;
        return new Throughput.Limits(
                source.get("veche.limit.input-messages-per-connection", standard.messages(), LimitSettings::rate),
                source.get("veche.limit.input-bytes-per-connection", standard.bytes(), LimitSettings::rate));
    }

    /**
     * The rates of users and client addresses.
     *
     * @param largest the size of the largest message in bytes, which any rate of bytes must admit
     */
    static UserRates.Limits users(ConfigReader source, int largest) {
        Map<UserLimits.Action, Rate> rates = new EnumMap<>(UserLimits.Action.class);
        for (UserLimits.Action action : UserLimits.Action.values()) {
            source.get(
                            "veche.limit." + UserRates.name(action),
                            Optional.of(UserRates.standard(action)),
                            text -> action == UserLimits.Action.ATTACHMENT_BYTE ? rate(text, largest) : rate(text))
                    .ifPresent(rate -> rates.put(action, rate));
        }
        return new UserRates.Limits(
                rates,
                source.number("veche.limit.guests-per-address", GUESTS_PER_ADDRESS, 0, 1_000_000),
                source.get(
                        "veche.limit.attachment-bytes-per-address",
                        Optional.of(attachmentsPerAddress(largest)),
                        text -> rate(text, largest)));
    }

    private static Rate attachmentsPerAddress(int largest) {
        return new Rate(4 << 20, Duration.ofSeconds(1), Math.max(32 << 20, largest));
    }

    /** The maximum heap that is held on behalf of clients, in bytes. */
    static long clientBytes(ConfigReader source) {
        return source.get("veche.limit.max-client-bytes", Runtime.getRuntime().maxMemory() / 8 * 3, text -> {
            long bytes = Long.parseLong(text);
            if (bytes < 1) {
                throw new IllegalArgumentException("It must be at least 1");
            }
            return bytes;
        });
    }

    /** The roles whose users are exempt from the limits of users. */
    static Set<String> exemptRoles(ConfigReader source) {
        return Set.copyOf(source.list("veche.limit.exempt-roles"));
    }

    static Optional<Rate> failedLogins(ConfigReader source) {
        return source.get(
                "veche.limit.failed-logins-per-address", Optional.of(FailedLogins.DEFAULT), LimitSettings::rate);
    }

    private static Optional<Rate> rate(String text, int leastBurst) {
        Optional<Rate> rate = rate(text);
        if (rate.filter(limit -> limit.burst() < leastBurst).isPresent()) {
            throw new IllegalArgumentException("The burst must be at least that of one message, " + leastBurst);
        }
        return rate;
    }

    private static Optional<Rate> rate(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(Rate.of(text));
    }
}
