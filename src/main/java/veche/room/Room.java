package veche.room;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import veche.room.MessageLog.Extent;

/**
 * A room: an append-only log whose newest entries are cached for live subscribers. Modified only by the log's writer
 * thread; any thread may read it without locking.
 */
public final class Room {
    private static final int SMALLEST_RING = 16;
    private static final int SLOT_BYTES = 4;

    private final RoomName name;
    private final String epoch;
    private final MessageLog log;
    private final Recent limits;

    private volatile AtomicReferenceArray<Entry> ring = new AtomicReferenceArray<>(SMALLEST_RING);
    private volatile long first;
    private volatile long tail;
    private volatile long volume;
    private volatile int amendments;
    /** Confined to the writer thread. */
    private long oldestKept;

    private long weight;

    /**
     * Limits of the messages cached for live subscribers. A subscriber that lags further behind reads from the log.
     *
     * @param messages maximum number of messages per room, a power of two
     * @param bytes maximum number of bytes per room
     * @param nodeBytes approximate maximum number of bytes for all rooms together
     */
    public record Recent(int messages, int bytes, long nodeBytes) {
        public Recent {
            if (Integer.bitCount(messages) != 1 || messages < SMALLEST_RING) {
                throw new IllegalArgumentException(
                        "messages must be a power of two and at least " + SMALLEST_RING + ": " + messages);
            }
            if (bytes < 1 || nodeBytes < 1) {
                throw new IllegalArgumentException("bytes and nodeBytes must be at least 1");
            }
        }

        /** Creates limits per room only. */
        public Recent(int messages, int bytes) {
            this(messages, bytes, Long.MAX_VALUE);
        }
    }

    Room(RoomName name, Extent extent, MessageLog log, Recent limits) {
        this.name = name;
        this.epoch = extent.epoch();
        this.first = extent.first();
        this.tail = extent.last();
        this.oldestKept = extent.last() + 1;
        this.log = log;
        this.limits = limits;
    }

    /** The name of the room. */
    public RoomName name() {
        return name;
    }

    /** The highest committed and visible position; 0 in a new room. */
    public long tail() {
        return tail;
    }

    /** Bytes of content appended since this node opened the room; see {@link Entry#volume()}. */
    public long volume() {
        return volume;
    }

    /**
     * A counter that changes whenever an edit or a deletion replaces cached entries. Encodings of entries made before a
     * change are outdated.
     */
    public int amendments() {
        return amendments;
    }

    /** The tail with the log's epoch. */
    public Position end() {
        return new Position(epoch, tail);
    }

    /** The position before the oldest message that is kept. */
    public Position begin() {
        return new Position(epoch, first - 1);
    }

    /** The entry at a position, or null if it is no longer, or not yet, in memory. */
    public @Nullable Entry recent(long position) {
        AtomicReferenceArray<Entry> slots = ring;
        Entry entry = slots.get((int) position & (slots.length() - 1));
        return entry != null && entry.message().position().number() == position ? entry : null;
    }

    /** Reads older messages from the log; see {@link MessageLog#after}. */
    public CompletionStage<List<Message>> after(long position, int limit) {
        return log.after(name, position, limit);
    }

    /**
     * Whether a client may have received, on another node, messages that this node has yet to deliver;
     * {@link MessageLog#refresh} delivers them.
     */
    boolean isBehind(Position known) {
        return known.epoch().equals(epoch) && known.number() > tail;
    }

    /** Resumes after {@code known}: without a gap if possible, otherwise at the tail and marked as not recovered. */
    public Resumption resume(Position known) {
        Position end = end();
        boolean recovered =
                known.epoch().equals(epoch) && known.number() <= end.number() && known.number() >= first - 1;
        return new Resumption(recovered, recovered ? known.number() : end.number(), end);
    }

    /** Adds a committed message. Called on the writer thread. */
    void grow(Message message, long sequence, Audience audience) {
        long position = message.position().number();
        if (position != tail + 1) {
            throw new IllegalStateException("Room " + name + ": expected position " + (tail + 1) + ", got " + position);
        }
        if (message.kind() == Kind.EDIT || message.kind() == Kind.DELETE) {
            amend(message);
        }
        makeSpace(message.weight());
        long grown = volume + message.size();
        AtomicReferenceArray<Entry> slots = ring;
        slots.set((int) position & (slots.length() - 1), new Entry(message, sequence, audience, grown));
        volume = grown;
        tail = position;
    }

    /** Runs before the change itself becomes visible, so that no subscriber receives content after its deletion. */
    @SuppressWarnings("ReferenceEquality") // after() gives the same message where nothing changes
    private void amend(Message change) {
        AtomicReferenceArray<Entry> slots = ring;
        boolean amended = false;
        for (long position = oldestKept; position <= tail; position++) {
            int slot = (int) position & (slots.length() - 1);
            Entry entry = slots.get(slot);
            Message present = entry.message().after(change);
            if (present != entry.message()) {
                slots.set(slot, new Entry(present, entry.sequence(), entry.audience(), entry.volume()));
                weight += present.weight() - entry.message().weight();
                amended = true;
            }
        }
        if (amended) {
            amendments++;
        }
    }

    /** Erases the author's messages in memory. Called on the writer thread. */
    void erase(String author) {
        AtomicReferenceArray<Entry> slots = ring;
        boolean amended = false;
        for (long position = oldestKept; position <= tail; position++) {
            int slot = (int) position & (slots.length() - 1);
            Entry entry = slots.get(slot);
            if (entry.message().author().id().equals(author)) {
                amended = true;
                Message erased = entry.message().erased();
                slots.set(slot, new Entry(erased, entry.sequence(), entry.audience(), entry.volume()));
                weight += erased.weight() - entry.message().weight();
            }
        }
        if (amended) {
            amendments++;
        }
    }

    private void makeSpace(int added) {
        long next = tail + 1;
        weight += added;
        while (oldestKept < next && (weight > limits.bytes() || next - oldestKept >= limits.messages())) {
            forgetOldest();
        }
        if (next - oldestKept >= ring.length()) {
            resize(next, ring.length() * 2);
        }
    }

    private void forgetOldest() {
        AtomicReferenceArray<Entry> slots = ring;
        int slot = (int) oldestKept & (slots.length() - 1);
        weight -= slots.get(slot).message().weight();
        slots.set(slot, null);
        oldestKept++;
    }

    /** Approximate memory footprint of the cache in bytes. Called on the writer thread. */
    long weight() {
        return weight + (long) ring.length() * SLOT_BYTES;
    }

    /** Whether no message is cached. Called on the writer thread. */
    boolean isBare() {
        return oldestKept > tail;
    }

    /** Evicts the older half of the cached messages and shrinks the ring. Called on the writer thread. */
    void forgetHalf() {
        for (long kept = tail + 1 - oldestKept, end = oldestKept + (kept + 1) / 2; oldestKept < end; ) {
            forgetOldest();
        }
        int half = ring.length() / 2;
        if (half >= SMALLEST_RING && tail + 1 - oldestKept < half) {
            resize(tail + 1, half);
        }
    }

    private void resize(long next, int length) {
        AtomicReferenceArray<Entry> before = ring;
        AtomicReferenceArray<Entry> after = new AtomicReferenceArray<>(length);
        for (long position = oldestKept; position < next; position++) {
            after.set((int) position & (after.length() - 1), before.get((int) position & (before.length() - 1)));
        }
        ring = after;
    }

    /**
     * Applies the removal of messages before {@code position} by retention, including messages of other nodes that this
     * node never received. Called on the writer thread.
     */
    void trim(long position) {
        first = Math.max(first, position);
        if (position > tail + 1) {
            ring = new AtomicReferenceArray<>(SMALLEST_RING);
            weight = 0;
            oldestKept = position;
            tail = position - 1;
        }
    }
}
