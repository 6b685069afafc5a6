package veche.delivery;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.room.Entry;
import veche.room.Message;
import veche.room.Room;

/**
 * The position of one connection in one room. Confined to the connection's worker, except {@link #stop}.
 */
final class RoomCursor implements Client.Following {
    private static final System.Logger LOG = System.getLogger(RoomCursor.class.getName());
    private static final int MESSAGES_PER_READ = 256;

    /** The connection that a cursor belongs to; called on its worker. */
    interface Owner {
        /** The cursor may have a batch to send. */
        void wake(RoomCursor cursor);

        /** The cursor was stopped. */
        void forget(RoomCursor cursor);

        boolean isClosed();

        /** Closes the connection with 1013, since the messages that it has missed cannot be read. */
        void closeSlowConsumer(String reason);

        /** Closes the connection with 1011. */
        void fail(Throwable cause);

        /** How long reads of the log are repeated. */
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
    /** What was read from the message log and not yet sent; null where there is nothing. */
    private FrameBatch backlog;

    private boolean reading;
    private long readingSince;
    private boolean live;
    /** Whether it waits in the connection's {@link SendScheduler}. */
    boolean scheduled;
    /** Its place in the list of {@link DeliveryWorker.Subscribers}. */
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

    /** Bytes of content behind the cursor; 0 while it catches up, since the message log keeps those. */
    long lag() {
        return live ? room.volume() - volume : 0;
    }

    /**
     * Advances over everything that is at hand up to the worker's latest pass, as one batch, which other connections
     * share; null for nothing now.
     */
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

    private FrameBatch filtered(FrameBatch batch) {
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
            // The batch is still kept, the entries that it was made of are not.
            read();
            return null;
        }
        moveTo(last);
        return FrameBatch.of(frames.isEmpty() ? frames : log.encoder().batch(frames));
    }

    private void moveTo(Entry entry) {
        moveTo(entry.message().position().number(), entry.volume());
    }

    private void moveTo(long number, long volumeThere) {
        position = number;
        volume = volumeThere;
        if (!live && number >= subscribers.passed()) {
            live = true;
        }
    }

    /** The entry behind the cursor, for merging rooms; null where there is none, or the log must be read first. */
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

    /** Advances over the entry just peeked; its frame, or null where this listener must not receive it. */
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

    private void readBack(List<Message> messages, Throwable failure) {
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
            owner.closeSlowConsumer("The log no longer reaches back to what you missed; join anew");
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
            owner.closeSlowConsumer("The log cannot be read now; come back");
            LOG.log(Level.ERROR, "Room " + room.name() + ": the message log cannot be read", failure);
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

    /** What a task throws closes the connection; otherwise its client would wait for messages without an end. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            owner.fail(e);
        }
    }
}
