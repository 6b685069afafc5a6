package veche;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import veche.dialect.Failures;
import veche.room.Rooms;

/** Periodic tasks of the node. */
final class Maintenance {
    private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());
    private static final Duration EXPIRY = Duration.ofSeconds(1);

    private final Rooms rooms;
    private final ModerationSettings settings;
    private final ScheduledExecutorService timer;

    /** @param timer runs all tasks; shutting it down ends them */
    Maintenance(Rooms rooms, ModerationSettings settings, ScheduledExecutorService timer) {
        this.rooms = rooms;
        this.settings = settings;
        this.timer = timer;
    }

    void start() {
        every(EXPIRY, () -> rooms.roomSessions().expire(Instant.now(), settings.tokenWarning()));
        every(
                settings.poll(),
                () -> logFailure(
                        "Polling moderation actions", rooms.moderation().poll()));
        every(
                settings.revocationPoll(),
                () -> logFailure("Polling revocations", rooms.revocations().poll()));
        every(settings.markFlush(), this::flush);
    }

    /** Stores the read positions that have changed. */
    void flush() {
        if (!rooms.marks().isEmpty()) {
            logFailure("Storing read positions", rooms.marks().flush(settings.markMemory()));
        }
    }

    /** Schedules a task, which must not block. */
    void every(Duration interval, Runnable task) {
        timer.scheduleWithFixedDelay(
                () -> guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Schedules a task, which must not block, to be run once. */
    void after(Runnable task, Duration delay) {
        timer.schedule(() -> guarded(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Logs exceptions, since a scheduled executor silently cancels a task that throws. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Maintenance task failed; a periodic one runs again at the next interval", e);
        }
    }

    static void logFailure(String task, CompletionStage<Void> stage) {
        stage.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.log(
                        Level.WARNING,
                        "{0} failed: {1}",
                        task,
                        Failures.cause(failure).getMessage());
            }
        });
    }
}
