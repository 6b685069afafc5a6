package veche.delivery;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Message;
import veche.room.Room;

/**
 * Messages that a cursor reads from the message log, because memory no longer has them: one read, retried while the log
 * is unavailable. Confined to the connection's worker.
 */
final class Backlog {
    private static final System.Logger LOG = System.getLogger(Backlog.class.getName());
    private static final int MAX_MESSAGES = 256;

    /** The cursor that reads; called on its worker. */
    interface Reader {
        /** Whether the messages are still to be sent: the cursor is not stopped, and its connection is open. */
        boolean isActive();

        /** The messages up to this position have been read. */
        void readTo(long number);
    }

    private final Reader reader;
    private final RoomCursor.Owner owner;
    private final DeliveryWorker worker;
    private final Room room;
    private final MessageEncoder encoder;
    private final long position;
    private final long since = System.nanoTime();
    private @Nullable FrameBatch batch;

    /** @param position the position after which messages are read */
    Backlog(
            Reader reader,
            RoomCursor.Owner owner,
            DeliveryWorker worker,
            Room room,
            MessageEncoder encoder,
            long position) {
        this.reader = reader;
        this.owner = owner;
        this.worker = worker;
        this.room = room;
        this.encoder = encoder;
        this.position = position;
    }

    /** The messages; null until they have been read. */
    @Nullable
    FrameBatch batch() {
        return batch;
    }

    void read() {
        room.after(position, MAX_MESSAGES)
                .whenComplete((messages, failure) -> worker.execute(() -> guarded(() -> readBack(messages, failure))));
    }

    private void readBack(List<Message> messages, @Nullable Throwable failure) {
        if (!reader.isActive()) {
            return;
        }
        if (failure != null) {
            retry(failure);
            return;
        }
        if (messages.isEmpty() || messages.get(0).position().number() != position + 1) {
            owner.closeSlowConsumer("The missed messages are no longer in the log; rejoin");
            return;
        }
        List<Frame> frames =
                messages.stream().map(encoder::encode).filter(Objects::nonNull).toList();
        batch = FrameBatch.of(frames.isEmpty() ? frames : encoder.batch(frames));
        reader.readTo(messages.get(messages.size() - 1).position().number());
    }

    private void retry(Throwable failure) {
        if (System.nanoTime() - since > owner.maxStall().toNanos()) {
            owner.closeSlowConsumer("The message log is unavailable; reconnect");
            LOG.log(Level.ERROR, "Room " + room.name() + ": failed to read the message log", failure);
            return;
        }
        long delay = ThreadLocalRandom.current().nextLong(100, 500);
        worker.schedule(
                () -> {
                    if (reader.isActive()) {
                        guarded(this::read);
                    }
                },
                delay,
                TimeUnit.MILLISECONDS);
    }

    /** Closes the connection if the task throws; otherwise its client would wait for messages forever. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            owner.fail(e);
        }
    }
}
