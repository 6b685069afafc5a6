package veche;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import veche.permission.http.HttpAuthorizerSettings;

/**
 * Settings of permission policies.
 *
 * @param rules {@code veche.rules}: a file of rules for rooms and WAMP URIs; by default, all users have the same
 *     privileges in all rooms
 * @param table {@code veche.rules.database}: whether the rules of the table {@code veche_rule} apply, too
 * @param refresh {@code veche.rules.refresh}: how often a change of the file or table is looked for
 * @param http {@code veche.authorize.*}; empty without {@code veche.authorize.url}
 */
record PolicySettings(Optional<Path> rules, boolean table, Duration refresh, Optional<HttpAuthorizerSettings> http) {
    static PolicySettings from(ConfigReader source) {
        return new PolicySettings(
                source.get("veche.rules", Optional.<Path>empty(), file -> Optional.of(Path.of(file))),
                source.get("veche.rules.database", false, Boolean::parseBoolean),
                source.duration("veche.rules.refresh", Duration.ofMillis(500)),
                http(source));
    }

    private static Optional<HttpAuthorizerSettings> http(ConfigReader source) {
        String url = source.get("veche.authorize.url", "", Function.identity());
        String secret = source.get("veche.authorize.secret", "", Function.identity());
        Duration timeout = source.duration("veche.authorize.timeout", Duration.ofSeconds(2));
        Duration ttl = source.duration("veche.authorize.ttl", Duration.ofMinutes(1));
        Duration maxTtl = source.duration("veche.authorize.max-ttl", Duration.ofHours(1));
        int maxCached = source.number("veche.authorize.max-cached", 10_000, 0, 10_000_000);
        int maxRequests = source.number("veche.authorize.max-requests", 64, 1, 1024);
        int maxPending = source.number("veche.authorize.max-pending", 1000, 0, 1_000_000);
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new HttpAuthorizerSettings(
                        uri(url), secret, timeout, ttl, maxTtl, maxCached, maxRequests, maxPending));
    }

    /** The message does not quote the URL, which may contain a password. */
    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Setting veche.authorize.url is not a URL: " + e.getReason());
        }
    }
}
