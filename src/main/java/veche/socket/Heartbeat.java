package veche.socket;

import java.util.concurrent.TimeUnit;
import veche.delivery.Connection;
import veche.delivery.ConnectionLimits;
import veche.delivery.Fanout;
import veche.dialect.CloseCode;

/**
 * Pings every client, and ends those that no longer answer or no longer take what they are sent: a half-open connection
 * (a pulled cable) is gone within the ping interval plus the pong timeout.
 */
public final class Heartbeat {
    private static final long TICK_MILLIS = 500;

    private final SessionRegistry registry;
    private final ConnectionLimits limits;
    private final Fanout fanout;

    /** Not yet beating; see {@link #start()}. */
    public Heartbeat(SessionRegistry registry, Fanout fanout) {
        this.registry = registry;
        this.fanout = fanout;
        this.limits = fanout.limits();
    }

    /** Beats until the fan-out closes. */
    public void start() {
        fanout.executor().timer().scheduleWithFixedDelay(this::beat, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        long now = System.nanoTime();
        for (ConnectionHandler handler : registry.all()) {
            try {
                check(handler.connection(), now);
            } catch (RuntimeException | Error e) {
                // One connection's trouble, be it an Error, must not stop the heart of all others.
                handler.connection().fail(e);
            }
        }
    }

    /** Looks after one connection at that time, in nanoseconds of {@link System#nanoTime()}. */
    public void check(Connection connection, long now) {
        if (connection.stalledFor(now) > limits.maxStall().toNanos()) {
            connection.closeSlowConsumer(
                    "Too slow: one write took longer than " + limits.maxStall().toMillis() + " ms; come back");
        } else if (connection.keepAlive().unansweredFor(now)
                > limits.pongTimeout().toNanos()) {
            connection.closeNow(CloseCode.GOING_AWAY, "No answer to a ping");
        } else if (now - connection.keepAlive().pingedAt()
                >= limits.pingInterval().toNanos()) {
            connection.ping(now);
        }
    }
}
