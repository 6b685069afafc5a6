package veche.log.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * What is to be sent to another node, by mail or by the relay. Batches that were relayed are kept until they are
 * acknowledged; when the relay fails, they are mailed, and the receiver ignores those that it has. Thread-safe.
 */
final class Outgoing {
    private static final int MAX_BATCH_BYTES = 256 << 10;
    /** Above, parcels are dropped and the state is sent anew, in bytes. */
    private static final long MAX_PENDING_BYTES = 8 << 20;

    private static final int MAX_UNACKNOWLEDGED = 1_024;
    private static final long MAX_UNACKNOWLEDGED_BYTES = 4 << 20;

    private record Relayed(ParcelBatch batch, long at) {}

    private final UUID self;
    private final Deque<ParcelItem> pending = new ArrayDeque<>();
    private final Deque<Relayed> unacknowledged = new ArrayDeque<>();
    private final List<ParcelBatch> mail = new ArrayList<>();
    private long pendingBytes;
    private long unacknowledgedBytes;
    private long ordinal;
    private boolean relaying;
    private boolean stateDue;

    /** @param self the sender */
    Outgoing(UUID self) {
        this.self = self;
    }

    synchronized void add(byte[] parcel) {
        if (pendingBytes > MAX_PENDING_BYTES) {
            stateDue = true;
        } else {
            enqueue(ParcelItem.parcel(parcel));
        }
    }

    /** Asks the node to send its state, since parcels of it are missing. */
    synchronized void requestState() {
        enqueue(ParcelItem.request());
    }

    private void enqueue(ParcelItem item) {
        pending.add(item);
        pendingBytes += item.size();
    }

    /** Mail that was written may have been lost: the state is due, unless the relay is in use. */
    synchronized void mailInterrupted() {
        stateDue |= !relaying;
    }

    /** Whether the state has become due since the last call; pending parcels are then obsolete and discarded. */
    synchronized boolean takeStateDue() {
        boolean due = stateDue;
        stateDue = false;
        if (due) {
            pending.removeIf(item -> item.kind() == ParcelItem.Kind.PARCEL);
            pendingBytes = pending.stream().mapToLong(ParcelItem::size).sum();
        }
        return due;
    }

    /** The batches to be mailed: the same ones until {@link #mailed}, and those that have been added. */
    synchronized List<ParcelBatch> nextMail() {
        while (!relaying && !pending.isEmpty()) {
            mail.add(nextBatch());
        }
        return List.copyOf(mail);
    }

    /** The first so many batches of {@link #nextMail} have been written. */
    synchronized void mailed(int count) {
        mail.subList(0, count).clear();
    }

    /** The batches to be relayed; none while too many are unacknowledged. */
    synchronized List<ParcelBatch> nextRelayed(long nanoTime) {
        List<ParcelBatch> batches = new ArrayList<>();
        while (relaying
                && !pending.isEmpty()
                && unacknowledged.size() < MAX_UNACKNOWLEDGED
                && unacknowledgedBytes < MAX_UNACKNOWLEDGED_BYTES) {
            ParcelBatch batch = nextBatch();
            unacknowledged.add(new Relayed(batch, nanoTime));
            unacknowledgedBytes += batch.items().remaining();
            batches.add(batch);
        }
        return batches;
    }

    private ParcelBatch nextBatch() {
        byte[] items = ParcelItem.pack(pending, MAX_BATCH_BYTES);
        pendingBytes -= items.length;
        return new ParcelBatch(self, ++ordinal, ByteBuffer.wrap(items));
    }

    /** The node has received all batches up to this ordinal. */
    synchronized void acknowledged(long last) {
        while (!unacknowledged.isEmpty() && unacknowledged.peek().batch().ordinal() <= last) {
            unacknowledgedBytes -= unacknowledged.remove().batch().items().remaining();
        }
    }

    /** Whether a batch was relayed before that time and has not been acknowledged. */
    synchronized boolean isOverdue(long nanoTime) {
        return !unacknowledged.isEmpty() && unacknowledged.peek().at() - nanoTime < 0;
    }

    synchronized boolean isRelaying() {
        return relaying;
    }

    synchronized void useRelay() {
        relaying = true;
    }

    /** Continues by mail, with what has not been acknowledged. */
    synchronized void useMail() {
        relaying = false;
        Collection<Relayed> repeated = unacknowledged;
        repeated.forEach(each -> mail.add(each.batch()));
        unacknowledged.clear();
        unacknowledgedBytes = 0;
    }
}
