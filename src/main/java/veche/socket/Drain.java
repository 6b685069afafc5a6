package veche.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import veche.delivery.Fanout;
import veche.dialect.CloseCode;
import veche.socket.handshake.Rejection;

/**
 * Graceful shutdown: rejects new handshakes with 503 and closes the open connections with 1001, spread over a time
 * window so that they do not all reconnect at once. The close reason contains the window in milliseconds within which
 * the client should reconnect at a random time.
 */
public final class Drain {
    /** Maximum interval between two closes, so that a few connections do not take the whole window. */
    private static final long MAX_CLOSE_INTERVAL_MILLIS = 100;

    private final SessionRegistry registry;
    private final Fanout fanout;
    private final Duration spread;
    private final Runnable onBegin;
    private volatile boolean draining;

    /**
     * @param spread the time window over which the connections are closed
     * @param onBegin called before the first connection is closed; must not block
     */
    public Drain(SessionRegistry registry, Fanout fanout, Duration spread, Runnable onBegin) {
        this.registry = registry;
        this.fanout = fanout;
        this.spread = spread;
        this.onBegin = onBegin;
    }

    /** Whether the shutdown has begun; a load balancer should no longer route clients to this node. */
    public boolean draining() {
        return draining;
    }

    /** The response to an opening handshake during shutdown, 503 with {@code Retry-After}; otherwise empty. */
    public Optional<Rejection> rejection() {
        if (!draining) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                503,
                "The server is shutting down; retry later",
                Map.of("Retry-After", Long.toString(Math.max(1, spread.toSeconds())))));
    }

    /** Rejects new handshakes from now on. */
    public void begin() {
        if (!draining) {
            draining = true;
            onBegin.run();
        }
    }

    /** Closes all connections over the time window; blocks until they are closed, at most 2 s beyond the window. */
    public void closeAll() {
        begin();
        List<ConnectionHandler> handlers = new ArrayList<>(registry.all());
        long window = Math.min(spread.toMillis(), handlers.size() * MAX_CLOSE_INTERVAL_MILLIS);
        Collections.shuffle(handlers);
        CountDownLatch remaining = new CountDownLatch(handlers.size());
        String reason = "The server is shutting down; reconnect within " + spread.toMillis() + " ms";
        for (int i = 0; i < handlers.size(); i++) {
            ConnectionHandler handler = handlers.get(i);
            long delay = window * i / handlers.size();
            fanout.executor()
                    .timer()
                    .schedule(
                            () -> {
                                handler.close(CloseCode.GOING_AWAY, reason);
                                remaining.countDown();
                            },
                            delay,
                            TimeUnit.MILLISECONDS);
        }
        awaitAll(remaining);
    }

    private void awaitAll(CountDownLatch remaining) {
        try {
            long deadline = System.nanoTime() + spread.toNanos() + TimeUnit.SECONDS.toNanos(2);
            remaining.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            while ((registry.size() > 0 || !fanout.executor().isIdle()) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
