package veche.socket;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import veche.room.Entry;

/**
 * What goes out to one client next: from its private outbox and the rooms that it follows, in the order of commits.
 * Touched by the connection's carrier only.
 */
final class SendScheduler {
    private final Outbox outbox;
    private final DeliveryWorker worker;
    private final int batchBytes;
    private final Consumer<Outbox.Item.Close> closing;
    /** Those with something to say. */
    private final ArrayDeque<RoomCursor> dirty = new ArrayDeque<>(2);

    /** @param closing called when all that was put before a close has gone out */
    SendScheduler(Outbox outbox, DeliveryWorker worker, int batchBytes, Consumer<Outbox.Item.Close> closing) {
        this.outbox = outbox;
        this.worker = worker;
        this.batchBytes = batchBytes;
        this.closing = closing;
    }

    /** A subscription has something to say. */
    void mark(RoomCursor subscription) {
        if (!subscription.dirty) {
            subscription.dirty = true;
            dirty.add(subscription);
        }
    }

    void clear() {
        outbox.clear();
        dirty.clear();
    }

    /** The next run, or null where there is nothing. */
    FrameBatch next() {
        while (outbox.isEmpty() && dirty.size() == 1) {
            FrameBatch batch = dirty.peek().next();
            if (batch == null) {
                dirty.poll().dirty = false;
            } else if (!batch.isEmpty()) {
                return batch;
            }
        }
        return outbox.isEmpty() && dirty.isEmpty() ? null : merged();
    }

    private FrameBatch merged() {
        worker.passGrown();
        BatchBuilder merge = new BatchBuilder(batchBytes);
        boolean more = true;
        while (more && !merge.full()) {
            Outbox.Item head = outbox.peek();
            more = says(merge, head == null ? Long.MAX_VALUE : head.sequence()) || takes(merge, head);
        }
        return merge.run();
    }

    /** Adds the earliest message of the rooms followed that was committed up to {@code sequence}. */
    private boolean says(BatchBuilder merge, long sequence) {
        RoomCursor first = null;
        Entry earliest = null;
        for (int turns = dirty.size(); turns > 0; turns--) {
            RoomCursor subscription = dirty.poll();
            Entry entry = subscription.peek();
            FrameBatch backlog = entry == null ? subscription.next() : null;
            if (backlog != null) {
                dirty.add(subscription);
                merge.add(backlog);
                return true;
            }
            if (entry == null) {
                subscription.dirty = false;
                continue;
            }
            dirty.add(subscription);
            if (entry.sequence() <= sequence && (earliest == null || entry.sequence() < earliest.sequence())) {
                earliest = entry;
                first = subscription;
            }
        }
        if (first != null) {
            merge.add(first.voice().encoder(), first.take(earliest));
        }
        return first != null;
    }

    private boolean takes(BatchBuilder merge, Outbox.Item head) {
        if (head == null) {
            return false;
        }
        if (head instanceof Outbox.Item.Close close) {
            if (merge.isEmpty()) {
                outbox.poll();
                closing.accept(close);
            }
            return false;
        }
        outbox.poll();
        if (head instanceof Outbox.Item.Send send) {
            merge.add(send.frame());
        } else if (head instanceof Outbox.Item.Start start) {
            start.start().run();
        }
        return true;
    }
}
