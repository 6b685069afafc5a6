package veche;

import java.util.Optional;
import veche.limit.FailedLogins;
import veche.limit.Rate;
import veche.socket.ConnectionQuota;

/** Reads {@code veche.limit.*}. */
final class LimitSettings {
    private static final String NONE = "off";

    private LimitSettings() {}

    static ConnectionQuota.Limits connections(ConfigReader source) {
        ConnectionQuota.Limits standard = ConnectionQuota.Limits.DEFAULT;
        return new ConnectionQuota.Limits(
                source.get("veche.limit.handshakes-per-address", standard.handshakesPerAddress(), LimitSettings::rate),
                source.number(
                        "veche.limit.connections-per-address", standard.connectionsPerAddress(), 0, Integer.MAX_VALUE),
                source.number("veche.limit.connections-per-user", standard.connectionsPerUser(), 0, Integer.MAX_VALUE));
    }

    static Optional<Rate> failedLogins(ConfigReader source) {
        return source.get(
                "veche.limit.failed-logins-per-address", Optional.of(FailedLogins.DEFAULT), LimitSettings::rate);
    }

    private static Optional<Rate> rate(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(Rate.of(text));
    }
}
