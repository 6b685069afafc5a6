package veche.log.cluster;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import veche.room.cluster.NodeId;

/** Another node: what is to be sent to it, and the place in what it sends. Adding is thread-safe. */
final class Neighbour {
    /** The parcels of one row, in bytes. */
    private static final int MAX_ROW_BYTES = 256 << 10;
    /** Above, parcels are dropped and the state is sent anew, in bytes. */
    private static final long MAX_PENDING_BYTES = 8 << 20;

    private static final int HEADER = Integer.BYTES + 1;
    private static final byte PARCEL = 0;
    private static final byte REQUEST = 1;
    private static final byte[] EMPTY = {};

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Item(byte kind, byte[] content) {}

    private final NodeId id;
    private final Queue<Item> pending = new ConcurrentLinkedQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicBoolean lost = new AtomicBoolean();
    private long sent;
    private long received;

    Neighbour(NodeId id) {
        this.id = id;
    }

    NodeId id() {
        return id;
    }

    void add(byte[] parcel) {
        if (pendingBytes.get() > MAX_PENDING_BYTES) {
            lost.set(true);
        } else {
            add(new Item(PARCEL, parcel));
        }
    }

    /** Asks the node to send its state, since parcels of it are missing. */
    void requestState() {
        add(new Item(REQUEST, EMPTY));
    }

    private void add(Item item) {
        pending.add(item);
        pendingBytes.addAndGet(item.content().length);
    }

    /** Parcels that were sent may not arrive. */
    void loseSent() {
        lost.set(true);
    }

    /** Whether parcels have been lost since the last call; pending parcels are then obsolete and discarded. */
    boolean takeLoss() {
        boolean happened = lost.getAndSet(false);
        if (happened) {
            pending.removeIf(item -> item.kind() == PARCEL);
            pendingBytes.set(0);
        }
        return happened;
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Removes the next parcels and returns them in the form for {@link #unpack}. */
    byte[] pack() {
        Item next = pending.peek();
        int largest = next == null ? 0 : next.content().length + HEADER;
        ByteBuffer packed = ByteBuffer.allocate(Math.max(MAX_ROW_BYTES, largest));
        while (next != null && next.content().length + HEADER <= packed.remaining()) {
            packed.putInt(next.content().length).put(next.kind()).put(next.content());
            pending.remove();
            pendingBytes.addAndGet(-next.content().length);
            next = pending.peek();
        }
        byte[] bytes = new byte[packed.position()];
        packed.get(0, bytes);
        return bytes;
    }

    /** The number of the next row to this node. */
    long nextOrdinal() {
        return ++sent;
    }

    /** Accepts a row of this node; returns whether it follows the previous one. */
    boolean follows(long ordinal) {
        boolean follows = ordinal == received + 1;
        received = ordinal;
        return follows;
    }

    /**
     * Passes each parcel to the consumer, with whether it is a request for the state of this node. Other kinds, of a later
     * version, are ignored.
     */
    static void unpack(ByteBuffer rest, BiConsumer<Boolean, byte[]> consumer) {
        while (rest.hasRemaining()) {
            byte[] content = new byte[rest.getInt()];
            byte kind = rest.get();
            rest.get(content);
            if (kind == PARCEL || kind == REQUEST) {
                consumer.accept(kind == REQUEST, content);
            }
        }
    }
}
