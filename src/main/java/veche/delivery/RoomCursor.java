package veche.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client;
import veche.dialect.Frame;
import veche.room.Entry;
import veche.room.Room;

/** The position of one connection in one room. Confined to the connection's worker, except {@link #stop}. */
final class RoomCursor implements Client.Following, Backlog.Reader {
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
    /** Messages being read from the message log, or read and not yet sent; null if there are none. */
    private @Nullable Backlog backlog;

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
            return takeBacklog(backlog);
        }
        if (position >= subscribers.passed()) {
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

    private @Nullable FrameBatch takeBacklog(Backlog read) {
        FrameBatch batch = read.batch();
        if (batch != null) {
            backlog = null;
        }
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
        if (stopped || backlog != null || position >= subscribers.passed()) {
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
        live = false;
        Backlog started = new Backlog(this, owner, worker, room, log.encoder(), position);
        backlog = started;
        started.read();
    }

    @Override
    public boolean isActive() {
        return !stopped && !owner.isClosed();
    }

    @Override
    public void readTo(long number) {
        position = number;
        Entry entry = room.recent(position);
        volume = entry == null ? room.volume() : entry.volume();
        wake();
    }
}
