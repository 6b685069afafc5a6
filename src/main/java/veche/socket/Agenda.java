package veche.socket;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import veche.room.Entry;

/**
 * What goes out to one client next: from its private outbox and the rooms that it follows, in the order of commits.
 * Touched by the connection's carrier only.
 */
final class Agenda {
    private final Outbox outbox;
    private final Carrier carrier;
    private final int runBytes;
    private final Consumer<Outbox.Item.Close> closing;
    /** Those with something to say. */
    private final ArrayDeque<Subscription> dirty = new ArrayDeque<>(2);

    /** @param closing called when all that was put before a close has gone out */
    Agenda(Outbox outbox, Carrier carrier, int runBytes, Consumer<Outbox.Item.Close> closing) {
        this.outbox = outbox;
        this.carrier = carrier;
        this.runBytes = runBytes;
        this.closing = closing;
    }

    /** A subscription has something to say. */
    void mark(Subscription subscription) {
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
    Run next() {
        while (outbox.isEmpty() && dirty.size() == 1) {
            Run run = dirty.peek().next();
            if (run == null) {
                dirty.poll().dirty = false;
            } else if (!run.isEmpty()) {
                return run;
            }
        }
        return outbox.isEmpty() && dirty.isEmpty() ? null : merged();
    }

    private Run merged() {
        carrier.passGrown();
        Merge merge = new Merge(runBytes);
        boolean more = true;
        while (more && !merge.full()) {
            Outbox.Item head = outbox.peek();
            more = says(merge, head == null ? Long.MAX_VALUE : head.sequence()) || takes(merge, head);
        }
        return merge.run();
    }

    /** Adds the earliest message of the rooms followed that was committed up to {@code sequence}. */
    private boolean says(Merge merge, long sequence) {
        Subscription first = null;
        Entry earliest = null;
        for (int turns = dirty.size(); turns > 0; turns--) {
            Subscription subscription = dirty.poll();
            Entry entry = subscription.peek();
            Run backlog = entry == null ? subscription.next() : null;
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
            merge.add(first.voice().wording(), first.take(earliest));
        }
        return first != null;
    }

    private boolean takes(Merge merge, Outbox.Item head) {
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
