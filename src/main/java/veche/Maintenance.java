package veche;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import veche.room.Rooms;

/** What must be done from time to time, whoever talks. */
final class Maintenance {
    private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());
    private static final Duration EXPIRY = Duration.ofSeconds(1);

    private final Rooms rooms;
    private final ModerationSettings settings;
    private final ScheduledExecutorService timer;

    /** @param timer whoever stops it stops all of this */
    Maintenance(Rooms rooms, ModerationSettings settings, ScheduledExecutorService timer) {
        this.rooms = rooms;
        this.settings = settings;
        this.timer = timer;
    }

    void start() {
        every(EXPIRY, () -> rooms.roomSessions().expire(Instant.now()));
        every(
                settings.poll(),
                () -> noted("The rulings of other nodes", rooms.moderation().poll()));
        every(settings.markFlush(), this::flush);
    }

    /** Gives the log the read positions that it does not have yet. */
    void flush() {
        if (!rooms.marks().isEmpty()) {
            noted("Read positions", rooms.marks().flush(settings.markMemory()));
        }
    }

    private void every(Duration interval, Runnable task) {
        timer.scheduleWithFixedDelay(
                () -> guarded(task), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A timer ends what throws, without a word. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Upkeep failed; it goes on at its next time", e);
        }
    }

    private static void noted(String what, CompletionStage<Void> stage) {
        stage.whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.log(Level.WARNING, "{0} must wait: {1}", what, failure.getMessage());
            }
        });
    }
}
