package veche.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import veche.dialect.MessageEncoder;
import veche.room.Room;

/**
 * The only writer of a connection: passes batches from the {@link SendScheduler} to the transport while it is writable.
 * Confined to the connection's delivery worker, except {@link #signal}, {@link #ping}, {@link #release} and counters.
 */
final class ConnectionWriter implements RoomCursor.Owner {
    /** Maximum number of batches written to one client before the worker serves the next one. */
    private static final int BATCHES_PER_TURN = 4;

    private final Transport transport;
    private final DeliveryWorker worker;
    private final DeliveryContext context;
    private final Outbox outbox;
    private final Closing closing;
    private final SendScheduler scheduler;
    private final ConnectionStats sent = new ConnectionStats();
    private final List<RoomCursor> cursors = new ArrayList<>(1);
    private final Runnable flush = this::flush;
    private final Runnable makeReady = this::makeReady;
    /** Whether {@link #makeReady} is queued on the worker. Coalesces the signals of several additions to the outbox. */
    private final AtomicBoolean signalled = new AtomicBoolean();
    /** Whether {@link #flush} is queued on the worker. */
    private boolean ready;

    private boolean pingDue;
    /** The cursor's lag in bytes when it was last checked during a write. */
    private volatile long lag;

    ConnectionWriter(
            Transport transport, DeliveryWorker worker, DeliveryContext context, Outbox outbox, Closing closing) {
        this.transport = transport;
        this.worker = worker;
        this.context = context;
        this.outbox = outbox;
        this.closing = closing;
        this.scheduler = new SendScheduler(
                outbox, worker, context.limits().batchBytes(), close -> closing.close(close.code(), close.reason()));
        transport.onWritable(this::signal);
    }

    /** Schedules a flush, since there may be frames to send; called on any thread. */
    void signal() {
        if (signalled.compareAndSet(false, true)) {
            worker.execute(makeReady);
        }
    }

    private void makeReady() {
        signalled.set(false);
        becomeReady();
    }

    private void becomeReady() {
        if (!ready && !closing.isClosed()) {
            ready = true;
            worker.ready(flush);
        }
    }

    /** Adds a cursor positioned after {@code after}; returns null if the connection is closed. */
    @Nullable
    RoomCursor follow(Room room, long after, MessageEncoder encoder, Object listener) {
        if (closing.isClosed()) {
            return null;
        }
        RoomCursor cursor = worker.follow(this, room, after, encoder, listener);
        cursors.add(cursor);
        wake(cursor);
        return cursor;
    }

    @Override
    public void wake(RoomCursor cursor) {
        scheduler.schedule(cursor);
        if (transport.isWriting()) {
            checkLag(cursor);
        } else {
            becomeReady();
        }
    }

    /** Enforces the limit on pending bytes. Called only during a write: a busy worker must not close its clients. */
    private void checkLag(RoomCursor cursor) {
        lag = cursor.lag();
        ConnectionLimits limits = context.limits();
        if (lag + outbox.pending() > limits.maxPendingBytes() + (long) limits.batchBytes()) {
            closing.closeTooSlow(limits.maxPendingBytes());
        }
    }

    @Override
    public void forget(RoomCursor cursor) {
        cursors.remove(cursor);
    }

    @Override
    public boolean isClosed() {
        return closing.isClosed();
    }

    @Override
    public void closeSlowConsumer(String reason) {
        closing.closeSlowConsumer(reason);
    }

    @Override
    public void fail(Throwable cause) {
        closing.fail(cause);
    }

    @Override
    public Duration maxStall() {
        return context.limits().maxStall();
    }

    private void flush() {
        ready = false;
        try {
            for (int batches = 0; batches < BATCHES_PER_TURN; batches++) {
                FrameBatch batch = isWritable() ? scheduler.next() : null;
                if (batch == null) {
                    return;
                }
                transport.write(batch);
                context.traffic().sent(batch);
                context.traffic().delivered(batch, worker.nextBatch());
                lag = 0;
                sent.add(batch);
            }
            becomeReady();
        } catch (RuntimeException | Error e) {
            // An Error is caught too: it would end the worker, and with it all its connections.
            closing.fail(e);
        }
    }

    private boolean isWritable() {
        if (closing.isClosed() || !transport.isIdle()) {
            return false;
        }
        if (transport.failure() != null) {
            closing.lost(transport.failure());
            return false;
        }
        if (pingDue) {
            pingDue = false;
            transport.ping();
        }
        return true;
    }

    /** Sends a ping as soon as no write is in progress; a stalled write is subject to {@link #maxStall}. */
    void ping() {
        worker.execute(() -> {
            pingDue = true;
            becomeReady();
        });
    }

    /** Discards pending frames and stops the cursors of a closed connection; called on any thread. */
    void release() {
        worker.execute(() -> {
            scheduler.clear();
            List<String> rooms = cursors.stream()
                    .map(cursor -> cursor.room().name().toString())
                    .distinct()
                    .toList();
            new ArrayList<>(cursors).forEach(RoomCursor::stop);
            closing.notifyReleased(rooms);
        });
    }

    /** The approximate number of bytes pending in the outbox and, during a write, in a followed room. */
    long pendingBytes() {
        return outbox.pending() + (transport.isWriting() ? lag : 0);
    }

    ConnectionStats sent() {
        return sent;
    }
}
