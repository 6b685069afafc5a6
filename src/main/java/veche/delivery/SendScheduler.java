package veche.delivery;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.room.Entry;

/**
 * Selects the next batch of a connection from its outbox and the rooms that it follows, in commit order. Confined to
 * the connection's worker.
 */
final class SendScheduler {
    private final Outbox outbox;
    private final DeliveryWorker worker;
    private final int batchBytes;
    private final Consumer<Outbox.Item.Close> onClose;
    /** Cursors that may have messages to send. */
    private final ArrayDeque<RoomCursor> cursors = new ArrayDeque<>(2);

    /** @param onClose called for a queued close once everything queued before it has been sent */
    SendScheduler(Outbox outbox, DeliveryWorker worker, int batchBytes, Consumer<Outbox.Item.Close> onClose) {
        this.outbox = outbox;
        this.worker = worker;
        this.batchBytes = batchBytes;
        this.onClose = onClose;
    }

    /** Queues a cursor that may have messages to send. */
    void schedule(RoomCursor cursor) {
        if (!cursor.scheduled) {
            cursor.scheduled = true;
            cursors.add(cursor);
        }
    }

    void clear() {
        outbox.clear();
        cursors.clear();
    }

    /** Returns the next batch, or null if there is nothing to send. */
    @Nullable
    FrameBatch next() {
        while (outbox.isEmpty() && cursors.size() == 1) {
            FrameBatch batch = cursors.peek().next();
            if (batch == null) {
                cursors.poll().scheduled = false;
            } else if (!batch.isEmpty()) {
                return batch;
            }
        }
        return outbox.isEmpty() && cursors.isEmpty() ? null : merged();
    }

    private @Nullable FrameBatch merged() {
        worker.passGrown();
        BatchBuilder batch = new BatchBuilder(batchBytes);
        boolean more = true;
        while (more && !batch.isFull()) {
            more = addNext(batch);
        }
        return batch.build();
    }

    /** Adds the earliest message of all followed rooms, or the first item of the outbox if it was queued before. */
    private boolean addNext(BatchBuilder batch) {
        RoomCursor first = null;
        Entry earliest = null;
        for (int turns = cursors.size(); turns > 0; turns--) {
            RoomCursor cursor = cursors.poll();
            Entry entry = cursor.peek();
            FrameBatch backlog = entry == null ? cursor.next() : null;
            if (backlog != null) {
                cursors.add(cursor);
                batch.add(backlog);
                return true;
            }
            if (entry == null) {
                cursor.scheduled = false;
                continue;
            }
            cursors.add(cursor);
            if (earliest == null || entry.sequence() < earliest.sequence()) {
                earliest = entry;
                first = cursor;
            }
        }
        // Read after the entry: items that were queued before its commit are visible now.
        Outbox.Item head = outbox.peek();
        if (head != null && head.sequence() > worker.horizon()) {
            // Messages that were committed before the item was queued may not have been passed yet.
            worker.passGrown();
            return true;
        }
        if (first == null || earliest == null || head != null && head.sequence() < earliest.sequence()) {
            return addItem(batch, head);
        }
        batch.add(first.log().encoder(), first.take(earliest));
        return true;
    }

    private boolean addItem(BatchBuilder batch, Outbox.@Nullable Item head) {
        if (head == null) {
            return false;
        }
        if (head instanceof Outbox.Item.Start start && !start.subscription().isReady()) {
            return false;
        }
        if (head instanceof Outbox.Item.Close close) {
            if (batch.isEmpty()) {
                outbox.poll();
                onClose.accept(close);
            }
            return false;
        }
        outbox.poll();
        if (head instanceof Outbox.Item.Send send) {
            batch.add(send.frame());
        } else if (head instanceof Outbox.Item.Start start) {
            start.subscription().run();
        }
        return true;
    }
}
