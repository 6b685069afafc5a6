package veche.dialect.wamp.router;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time between a call and its first result, and between results thereafter (advanced profile, "Progressive
 * Call Results", "Timeouts"). Thread-safe.
 */
final class CallTimer {
    private final ScheduledExecutorService scheduler;
    private final long millis;
    private final Runnable expired;
    private final AtomicReference<@Nullable Future<?>> scheduled = new AtomicReference<>();
    private volatile boolean stopped;

    /** @param millis the limit in milliseconds; 0 for none */
    CallTimer(ScheduledExecutorService scheduler, long millis, Runnable expired) {
        this.scheduler = scheduler;
        this.millis = millis;
        this.expired = expired;
    }

    /** Restarts the timer, on the call and on each of its results. */
    void restart() {
        if (millis > 0 && !stopped) {
            cancel(scheduled.getAndSet(scheduler.schedule(expired, millis, TimeUnit.MILLISECONDS)));
            if (stopped) {
                stop();
            }
        }
    }

    /** Stops the timer permanently, at the end of the call. */
    void stop() {
        stopped = true;
        cancel(scheduled.getAndSet(null));
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
