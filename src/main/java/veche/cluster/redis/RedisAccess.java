package veche.cluster.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How Redis, or Valkey, is reached. Immutable.
 *
 * @param uri of a server {@code redis://user:password@host:port}, of Sentinels
 *     {@code redis-sentinel://host:port,host:port#master}, or of a Redis Cluster
 *     {@code redis-cluster://host:port,host:port}; with TLS {@code rediss} instead of {@code redis}
 * @param authorities a file with the certificates, in PEM, of the authorities that TLS trusts; empty for those of the
 *     JVM
 * @param timeout how long a datagram may take; after that, Redis is considered unavailable
 * @param connectTimeout how long a connection may take to open
 */
public record RedisAccess(String uri, Optional<Path> authorities, Duration timeout, Duration connectTimeout) {
    /** Omits user and password, and the parameters, which may contain them. */
    @Override
    public String toString() {
        return uri.replaceFirst("//[^/]*@", "//").replaceFirst("\\?.*", "");
    }
}
