package veche.cluster.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.scheduler.Schedulers;

/**
 * Opens connections to the server that is the master at that time. It does not reconnect them: a broken one is replaced by
 * another, for which Sentinel or the cluster is asked again. Confined to one thread, which it may block.
 */
final class RedisConnector implements AutoCloseable {
    private static final String CLUSTER = "-cluster://";
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    /** The least that Lettuce permits. */
    private static final int POOL_SIZE = 2;

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final Supplier<StatefulRedisPubSubConnection<String, byte[]>> connect;

    /**
     * @param threads creates all threads of Lettuce and Netty
     * @throws IllegalArgumentException if the URI is invalid
     */
    RedisConnector(RedisAccess access, ThreadFactory threads) {
        List<RedisURI> uris = uris(access);
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(POOL_SIZE)
                .computationThreadPoolSize(POOL_SIZE)
                .threadFactoryProvider(pool -> threads)
                .build();
        if (access.uri().contains(CLUSTER)) {
            RedisClusterClient cluster = RedisClusterClient.create(resources, uris);
            cluster.setOptions(ClusterClientOptions.builder(options(access)).build());
            client = cluster;
            connect = () -> {
                cluster.refreshPartitions();
                return cluster.connectPubSub(CODEC);
            };
        } else {
            RedisClient server = RedisClient.create(resources, uris.get(0));
            server.setOptions(options(access));
            client = server;
            connect = () -> server.connectPubSub(CODEC);
        }
    }

    /** The servers to begin with; throws {@link IllegalArgumentException} if the URI is invalid. */
    static List<RedisURI> uris(RedisAccess access) {
        List<RedisURI> uris = access.uri().contains(CLUSTER)
                ? RedisClusterURIUtil.toRedisURIs(URI.create(access.uri().replace(CLUSTER, "://")))
                : List.of(RedisURI.create(access.uri()));
        for (RedisURI uri : uris) {
            uri.setTimeout(access.connectTimeout());
            uri.getSentinels().forEach(sentinel -> sentinel.setTimeout(access.connectTimeout()));
        }
        return uris;
    }

    private static ClientOptions options(RedisAccess access) {
        SslOptions.Builder tls = SslOptions.builder().jdkSslProvider();
        access.authorities().ifPresent(file -> tls.trustManager(file.toFile()));
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(access.connectTimeout())
                        .build())
                .sslOptions(tls.build())
                .build();
    }

    /** Opens a connection; blocks until it is open, and throws {@link io.lettuce.core.RedisException} if it fails. */
    StatefulRedisPubSubConnection<String, byte[]> connect() {
        return connect.get();
    }

    /**
     * Ends all threads and blocks until they have ended, also those that Netty and Reactor share among all clients of
     * this class loader: each would keep the web application from being removed.
     */
    @Override
    public void close() {
        client.shutdown(Duration.ZERO, CLOSE_TIMEOUT);
        Schedulers.shutdownNow();
        try {
            resources
                    .shutdown(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .await(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            GlobalEventExecutor.INSTANCE.awaitInactivity(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
