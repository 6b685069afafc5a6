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
 * The graceful stop: new handshakes are answered 503, and open connections are closed with 1001 one after the other over
 * a window, so that not all come back at once; the reason carries a window in ms in which the client may choose its
 * moment to reconnect.
 */
public final class Drain {
    /** A few clients need no long farewell. */
    private static final long MOST_MILLIS_BETWEEN_TWO = 100;

    private final SessionRegistry registry;
    private final Fanout fanout;
    private final Duration spread;
    private volatile boolean draining;

    /** @param spread over how long the closes are spread */
    public Drain(SessionRegistry registry, Fanout fanout, Duration spread) {
        this.registry = registry;
        this.fanout = fanout;
        this.spread = spread;
    }

    /** Whether the stop has begun; a load balancer should send no more clients. */
    public boolean draining() {
        return draining;
    }

    /** The answer to an opening handshake while connections are closed: 503 with {@code Retry-After}; else empty. */
    public Optional<Rejection> rejection() {
        if (!draining) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                503,
                "The server stops; come back",
                Map.of("Retry-After", Long.toString(Math.max(1, spread.toSeconds())))));
    }

    /** Refuses newcomers from now on. */
    public void begin() {
        draining = true;
    }

    /** Closes all connections over the window; blocks until done or the window is over. */
    public void closeAll() {
        begin();
        List<ConnectionHandler> leaving = new ArrayList<>(registry.all());
        long window = Math.min(spread.toMillis(), leaving.size() * MOST_MILLIS_BETWEEN_TWO);
        Collections.shuffle(leaving);
        CountDownLatch left = new CountDownLatch(leaving.size());
        String reason = "The server stops; reconnect within " + spread.toMillis() + " ms";
        for (int i = 0; i < leaving.size(); i++) {
            ConnectionHandler handler = leaving.get(i);
            long delay = window * i / leaving.size();
            fanout.executor()
                    .timer()
                    .schedule(
                            () -> {
                                handler.close(CloseCode.GOING_AWAY, reason);
                                left.countDown();
                            },
                            delay,
                            TimeUnit.MILLISECONDS);
        }
        awaitAll(left);
    }

    private void awaitAll(CountDownLatch left) {
        try {
            long deadline = System.nanoTime() + spread.toNanos() + TimeUnit.SECONDS.toNanos(2);
            left.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            while ((registry.size() > 0 || !fanout.executor().isIdle()) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
