package veche.socket;

import java.util.concurrent.TimeUnit;
import veche.delivery.Connection;
import veche.delivery.ConnectionLimits;
import veche.delivery.Fanout;
import veche.dialect.CloseCode;

/**
 * Pings every client and closes connections that no longer respond or whose writes have stalled. A half-open
 * connection, such as after a cable was unplugged, is closed within the ping interval plus the pong timeout.
 */
public final class Heartbeat {
    private static final long TICK_MILLIS = 500;

    private final SessionRegistry registry;
    private final ConnectionLimits limits;
    private final Fanout fanout;

    /** Creates a heartbeat that is not yet running; see {@link #start()}. */
    public Heartbeat(SessionRegistry registry, Fanout fanout) {
        this.registry = registry;
        this.fanout = fanout;
        this.limits = fanout.limits();
    }

    /** Starts the periodic checks, which run until the fan-out is closed. */
    public void start() {
        fanout.executor().timer().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        long now = System.nanoTime();
        for (ConnectionHandler handler : registry.all()) {
            try {
                check(handler.connection(), now);
            } catch (RuntimeException | Error e) {
                // A failure of one connection, even an Error, must not end the checks of the others.
                handler.connection().fail(e);
            }
        }
    }

    /**
     * Checks one connection and pings it if due.
     *
     * @param now the current value of {@link System#nanoTime()}
     */
    public void check(Connection connection, long now) {
        if (connection.stalledFor(now) > limits.maxStall().toNanos()) {
            connection.closeSlowConsumer("Slow consumer: write stalled for more than "
                    + limits.maxStall().toMillis() + " ms; reconnect");
        } else if (connection.keepAlive().unansweredFor(now)
                > limits.pongTimeout().toNanos()) {
            connection.closeNow(CloseCode.GOING_AWAY, "Ping timeout");
        } else if (now - connection.keepAlive().pingedAt()
                >= limits.pingInterval().toNanos()) {
            connection.ping(now);
        }
    }
}
