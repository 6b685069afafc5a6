package veche.room;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One room: an append-only log, of which the newest entries are kept here for those who follow it live. Written by the
 * log's writer thread only, read by any thread without locks.
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
    /** Touched by the writer thread only. */
    private long oldestKept;

    private long weight;

    /**
     * How much is kept in memory for live followers; who lags further reads the log.
     *
     * @param messages at most so many of each room, a power of two
     * @param bytes at most so many of each room
     * @param nodeBytes about so many of all rooms together
     */
    public record Recent(int messages, int bytes, long nodeBytes) {
        public Recent {
            if (Integer.bitCount(messages) != 1 || messages < SMALLEST_RING) {
                throw new IllegalArgumentException(messages + " is no power of two from " + SMALLEST_RING);
            }
            if (bytes < 1 || nodeBytes < 1) {
                throw new IllegalArgumentException("At least one byte");
            }
        }

        /** Without a bound for all rooms together. */
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

    /** Its name. */
    public RoomName name() {
        return name;
    }

    /** The highest position committed and visible; 0 in a new room. */
    public long tail() {
        return tail;
    }

    /** Bytes of content that came in since this node opened the room; see {@link Entry#volume()}. */
    public long volume() {
        return volume;
    }

    /** Changes whenever a recent entry is replaced, by one whose content was edited or deleted: what was made of it is outdated. */
    public int amendments() {
        return amendments;
    }

    /** The tail, with its epoch. */
    public Position end() {
        return new Position(epoch, tail);
    }

    /** The entry at a position, or null where it is no longer (or not yet) in memory. */
    public Entry recent(long position) {
        AtomicReferenceArray<Entry> slots = ring;
        Entry entry = slots.get((int) position & (slots.length() - 1));
        return entry != null && entry.message().position().number() == position ? entry : null;
    }

    /** Reads older messages from the log; see {@link MessageLog#after}. */
    public CompletionStage<List<Message>> after(long position, int limit) {
        return log.after(name, position, limit);
    }

    /** Where one who knows everything up to {@code known} goes on: without a hole, or openly not recovered. */
    public Resumption resume(Position known) {
        Position end = end();
        boolean recovered =
                known.epoch().equals(epoch) && known.number() <= end.number() && known.number() >= first - 1;
        return new Resumption(recovered, recovered ? known.number() : end.number(), end);
    }

    /** Takes in a committed message; on the writer thread. */
    void grow(Message message, long sequence, Audience audience) {
        long position = message.position().number();
        if (position != tail + 1) {
            throw new IllegalStateException(name + " is at " + tail + ", yet was given " + position);
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

    /** Before the change itself is visible: none who follow the room receive content after its deletion. */
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

    /** About how many bytes of memory it takes; on the writer thread. */
    long weight() {
        return weight + (long) ring.length() * SLOT_BYTES;
    }

    /** Whether no message is kept; on the writer thread. */
    boolean isBare() {
        return oldestKept > tail;
    }

    /** Lets go of the older half of what is kept, and of the space for it; on the writer thread. */
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
     * Retention took what lies before {@code position}, be it messages of another node that were never heard here; on the
     * writer thread.
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
