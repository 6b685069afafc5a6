package veche.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import veche.dialect.CloseCode;
import veche.dialect.Frame;

/** The queue of frames and actions for a single client. Filled by any thread, drained by the connection's worker. */
final class Outbox {
    /** A queued item, with the number of the latest commit when it was queued; the messages up to it are sent first. */
    sealed interface Item {
        long sequence();

        record Send(long sequence, Frame frame) implements Item {}

        /** Items after one that is not ready wait for it. */
        record Start(long sequence, PendingSubscription subscription) implements Item {}

        record Close(long sequence, CloseCode code, String reason) implements Item {}
    }

    /** The cost of an item in addition to its payload, so that a flood of empty ones is limited too. */
    private static final int OVERHEAD = 64;

    private final Queue<Item> items = new ConcurrentLinkedQueue<>();
    private final AtomicLong pending = new AtomicLong();
    private final LongAdder nodePending;

    Outbox(LongAdder nodePending) {
        this.nodePending = nodePending;
    }

    void add(Item item) {
        items.add(item);
        count(cost(item));
    }

    Item peek() {
        return items.peek();
    }

    void poll() {
        count(-cost(items.poll()));
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The number of queued bytes. */
    long pending() {
        return pending.get();
    }

    void clear() {
        while (!items.isEmpty()) {
            poll();
        }
    }

    private static int cost(Item item) {
        return OVERHEAD + (item instanceof Item.Send send ? send.frame().weight() : 0);
    }

    private void count(long bytes) {
        pending.addAndGet(bytes);
        nodePending.add(bytes);
    }
}
