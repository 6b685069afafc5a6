package veche.cluster.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A connection that receives and one that sends, so that neither waits for the other. Thread-safe. */
final class RedisLink implements AutoCloseable {
    private static final String PREFIX = "veche:";

    private final StatefulRedisPubSubConnection<String, byte[]> incoming;
    private final StatefulRedisPubSubConnection<String, byte[]> outgoing;
    private final Runnable onFailure;
    private volatile String failure = "";

    /**
     * @param onFailure called once or more when this fails; must not block
     * @param receiver called for each datagram, in the order in which Redis received them; must not block
     */
    RedisLink(RedisConnector connector, Consumer<byte[]> receiver, Runnable onFailure) {
        this.onFailure = onFailure;
        incoming = connector.connect();
        incoming.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, byte[] datagram) {
                receiver.accept(datagram);
            }
        });
        try {
            outgoing = connector.connect();
        } catch (RedisException e) {
            incoming.closeAsync();
            throw e;
        }
        RedisConnectionStateListener end = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                onFailure.run();
            }
        };
        incoming.addListener(end);
        outgoing.addListener(end);
    }

    private static String channel(UUID inbox) {
        return PREFIX + inbox;
    }

    /** Blocks until Redis has confirmed it. */
    void subscribe(UUID inbox, Duration timeout) throws InterruptedException {
        await(incoming.async().subscribe(channel(inbox)), timeout);
    }

    /** Blocks until Redis has confirmed it. */
    void unsubscribe(UUID inbox, Duration timeout) throws InterruptedException {
        await(incoming.async().unsubscribe(channel(inbox)), timeout);
    }

    private static void await(RedisFuture<?> command, Duration timeout) throws InterruptedException {
        try {
            command.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new RedisException("Cannot subscribe: " + e.getMessage(), e);
        }
    }

    /** Sends a datagram to all that have subscribed to that inbox. */
    void publish(UUID inbox, byte[] datagram) {
        outgoing.async().publish(channel(inbox), datagram).whenComplete((receivers, refusal) -> {
            if (refusal != null) {
                failure = String.valueOf(refusal.getMessage());
                onFailure.run();
            }
        });
    }

    /** Why a datagram could not be sent; empty if none failed. */
    String failure() {
        return failure;
    }

    boolean isOpen() {
        return failure.isEmpty() && incoming.isOpen() && outgoing.isOpen();
    }

    /** Blocks until both connections are closed, for which Redis need not respond. */
    @Override
    public void close() {
        incoming.close();
        outgoing.close();
    }
}
