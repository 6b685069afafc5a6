package veche.delivery;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import veche.room.Entry;

/**
 * Chooses what a connection sends next, from its outbox and the rooms that it follows, in the order of commits. Confined
 * to the connection's worker.
 */
final class SendScheduler {
    private final Outbox outbox;
    private final DeliveryWorker worker;
    private final int batchBytes;
    private final Consumer<Outbox.Item.Close> onClose;
    /** Cursors that may have something to send. */
    private final ArrayDeque<RoomCursor> cursors = new ArrayDeque<>(2);

    /** @param onClose called when everything that was queued before a close has been sent */
    SendScheduler(Outbox outbox, DeliveryWorker worker, int batchBytes, Consumer<Outbox.Item.Close> onClose) {
        this.outbox = outbox;
        this.worker = worker;
        this.batchBytes = batchBytes;
        this.onClose = onClose;
    }

    /** The cursor may have something to send. */
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

    /** The next batch, or null where there is nothing to send. */
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

    private FrameBatch merged() {
        worker.passGrown();
        BatchBuilder batch = new BatchBuilder(batchBytes);
        boolean more = true;
        while (more && !batch.isFull()) {
            Outbox.Item head = outbox.peek();
            more = addMessage(batch, head == null ? Long.MAX_VALUE : head.sequence()) || addItem(batch, head);
        }
        return batch.build();
    }

    /** Adds the earliest message of all followed rooms that was committed up to {@code sequence}. */
    private boolean addMessage(BatchBuilder batch, long sequence) {
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
            if (entry.sequence() <= sequence && (earliest == null || entry.sequence() < earliest.sequence())) {
                earliest = entry;
                first = cursor;
            }
        }
        if (first != null) {
            batch.add(first.log().encoder(), first.take(earliest));
        }
        return first != null;
    }

    private boolean addItem(BatchBuilder batch, Outbox.Item head) {
        if (head == null) {
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
            start.start().run();
        }
        return true;
    }
}
