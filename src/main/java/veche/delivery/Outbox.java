package veche.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import veche.dialect.CloseCode;
import veche.dialect.Frame;

/**
 * What waits for one client alone, in order. Filled by any thread, emptied by the connection's carrier.
 */
final class Outbox {
    /** One thing that waits, with the number of commits heard when it was put here: those go out before it. */
    sealed interface Item {
        long sequence();

        record Send(long sequence, Frame frame) implements Item {}

        record Start(long sequence, Runnable start) implements Item {}

        record Close(long sequence, CloseCode code, String reason) implements Item {}
    }

    /** What an item costs beyond its content, so that a flood of empty ones counts too. */
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

    /** Bytes that wait. */
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
