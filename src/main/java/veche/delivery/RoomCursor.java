package veche.delivery;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.room.Entry;
import veche.room.Message;
import veche.room.Room;

/** The position of one connection in one room. Confined to the connection's worker, except {@link #stop}. */
final class RoomCursor implements Client.Following {
    private static final System.Logger LOG = System.getLogger(RoomCursor.class.getName());
    private static final int MESSAGES_PER_READ = 256;

    /** The connection that owns a cursor; called on its worker. */
    interface Owner {
        /** The cursor may have a batch to send. */
        void wake(RoomCursor cursor);

        /** The cursor was stopped. */
        void forget(RoomCursor cursor);

        boolean isClosed();

        /** Closes the connection with 1013, since the messages it missed cannot be read. */
        void closeSlowConsumer(String reason);

        /** Closes the connection with 1011. */
        void fail(Throwable cause);

        /** How long failed reads of the log are retried. */
        Duration maxStall();
    }

    private final Owner owner;
    private final DeliveryWorker worker;
    private final DeliveryWorker.Subscribers subscribers;
    private final Room room;
    private final EncodedLog log;
    private final Object listener;
    private long position;
    private long volume;
    /** Messages read from the message log and not yet sent; null if there are none. */
    private @Nullable FrameBatch backlog;

    private boolean reading;
    private long readingSince;
    private boolean live;
    /** Whether the cursor is queued in the connection's {@link SendScheduler}. */
    boolean scheduled;
    /** The cursor's index in the list of {@link DeliveryWorker.Subscribers}. */
    int index;

    private volatile boolean stopped;

    RoomCursor(
            Owner owner,
            DeliveryWorker worker,
            DeliveryWorker.Subscribers subscribers,
            EncodedLog log,
            long after,
            Object listener) {
        this.owner = owner;
        this.worker = worker;
        this.subscribers = subscribers;
        this.room = subscribers.room();
        this.log = log;
        this.position = after;
        this.live = after >= room.tail();
        this.volume = room.volume();
        this.listener = listener;
    }

    void wake() {
        owner.wake(this);
    }

    Room room() {
        return room;
    }

    DeliveryWorker.Subscribers subscribers() {
        return subscribers;
    }

    EncodedLog log() {
        return log;
    }

    @Override
    public void stop() {
        if (!stopped) {
            stopped = true;
            worker.execute(() -> {
                worker.unfollow(this);
                owner.forget(this);
            });
        }
    }

    /** Payload bytes that the cursor lags behind; 0 while it catches up, since those are read from the message log. */
    long lag() {
        return live ? room.volume() - volume : 0;
    }

    /**
     * Advances over the messages in memory, up to the worker's latest pass, and returns them as a batch that is shared
     * with other connections; null if there is nothing to send at present.
     */
    @Nullable
    FrameBatch next() {
        if (stopped) {
            return null;
        }
        if (backlog != null) {
            FrameBatch batch = backlog;
            backlog = null;
            return batch;
        }
        if (reading || position >= subscribers.passed()) {
            return null;
        }
        FrameBatch batch = log.batch(position, subscribers.passed());
        if (batch == null) {
            read();
            return null;
        }
        if (!batch.admits(listener)) {
            return filtered(batch);
        }
        moveTo(batch.to(), batch.volume());
        return batch;
    }

    private @Nullable FrameBatch filtered(FrameBatch batch) {
        List<Frame> frames = new ArrayList<>();
        Entry last = null;
        for (long number = position + 1; number <= batch.to(); number++) {
            Entry entry = room.recent(number);
            if (entry == null) {
                break;
            }
            last = entry;
            Frame frame = entry.audience().admits(listener) ? log.frame(entry) : null;
            if (frame != null) {
                frames.add(frame);
            }
        }
        if (last == null) {
            // The batch is still cached, but its entries are no longer in memory.
            read();
            return null;
        }
        moveTo(last);
        return FrameBatch.of(frames.isEmpty() ? frames : log.encoder().batch(frames));
    }

    private void moveTo(Entry entry) {
        moveTo(entry.message().position().number(), entry.volume());
    }

    private void moveTo(long number, long newVolume) {
        position = number;
        volume = newVolume;
        if (!live && number >= subscribers.passed()) {
            live = true;
        }
    }

    /** The entry after the cursor, for merging rooms; null if there is none or the log must be read first. */
    @Nullable
    Entry peek() {
        if (stopped || reading || backlog != null || position >= room.tail()) {
            return null;
        }
        Entry entry = room.recent(position + 1);
        if (entry == null) {
            read();
        }
        return entry;
    }

    /** Advances over the peeked entry and returns its frame, or null if this subscriber must not receive it. */
    @Nullable
    Frame take(Entry entry) {
        moveTo(entry);
        return entry.audience().admits(listener) ? log.frame(entry) : null;
    }

    private void read() {
        reading = true;
        live = false;
        if (readingSince == 0) {
            readingSince = System.nanoTime();
        }
        room.after(position, MESSAGES_PER_READ)
                .whenComplete((messages, failure) -> worker.execute(() -> guarded(() -> readBack(messages, failure))));
    }

    private void readBack(List<Message> messages, @Nullable Throwable failure) {
        if (stopped || owner.isClosed()) {
            return;
        }
        if (failure != null) {
            retry(failure);
            return;
        }
        reading = false;
        readingSince = 0;
        if (messages.isEmpty() || messages.get(0).position().number() != position + 1) {
            owner.closeSlowConsumer("The missed messages are no longer in the log; rejoin");
            return;
        }
        List<Frame> frames = messages.stream()
                .map(log.encoder()::encode)
                .filter(Objects::nonNull)
                .toList();
        backlog = FrameBatch.of(frames.isEmpty() ? frames : log.encoder().batch(frames));
        position = messages.get(messages.size() - 1).position().number();
        Entry entry = room.recent(position);
        volume = entry == null ? room.volume() : entry.volume();
        wake();
    }

    private void retry(Throwable failure) {
        if (System.nanoTime() - readingSince > owner.maxStall().toNanos()) {
            owner.closeSlowConsumer("The message log is unavailable; reconnect");
            LOG.log(Level.ERROR, "Room " + room.name() + ": failed to read the message log", failure);
            return;
        }
        long delay = ThreadLocalRandom.current().nextLong(100, 500);
        worker.schedule(
                () -> {
                    if (!stopped && !owner.isClosed()) {
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
