package veche;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import veche.cluster.redis.RedisAccess;
import veche.cluster.redis.RedisRelay;
import veche.log.cluster.ParcelRelay;

/**
 * Settings of Redis, which carries parcels between nodes.
 *
 * @param uri {@code veche.cluster.redis}; empty for none
 * @param authorities {@code veche.cluster.redis.authorities}
 * @param timeout {@code veche.cluster.redis.timeout}
 * @param connectTimeout {@code veche.cluster.redis.connect-timeout}
 */
record RedisSettings(String uri, Optional<Path> authorities, Duration timeout, Duration connectTimeout) {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    static RedisSettings from(ConfigReader source) {
        return new RedisSettings(
                source.get("veche.cluster.redis", "", Function.identity()),
                source.get("veche.cluster.redis.authorities", Optional.empty(), text -> Optional.of(Path.of(text))),
                source.get("veche.cluster.redis.timeout", TIMEOUT, RedisSettings::positive),
                source.get("veche.cluster.redis.connect-timeout", CONNECT_TIMEOUT, RedisSettings::positive));
    }

    private static Duration positive(String text) {
        Duration duration = ConfigReader.duration(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("It must be longer than 0");
        }
        return duration;
    }

    boolean isConfigured() {
        return !uri.isEmpty();
    }

    /** Connects once it is used. No class of the Redis client is loaded if no Redis is configured. */
    ParcelRelay relay() {
        if (!isConfigured()) {
            return ParcelRelay.NONE;
        }
        try {
            return new RedisRelay(new RedisAccess(uri, authorities, timeout, connectTimeout));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Setting veche.cluster.redis is invalid: " + e.getMessage(), e);
        }
    }

    /** Omits the password. */
    @Override
    public String toString() {
        return "RedisSettings[" + new RedisAccess(uri, authorities, timeout, connectTimeout) + "]";
    }
}
