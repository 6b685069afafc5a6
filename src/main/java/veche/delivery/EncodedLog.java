package veche.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Audience;
import veche.room.Entry;
import veche.room.Room;

/**
 * A room's recent messages as frames of one encoder. Each message is encoded once, regardless of how many connections
 * read it and from which position. Thread-safe: existing batches are found without a lock; the lock is held while
 * encoding, never while sending.
 */
final class EncodedLog {
    /** Number of batches cached for connections that reach the same position later. */
    private static final int BATCHES = 8;
    /** Number of frames cached for connections at other positions; a power of two. */
    private static final int SLOTS = 1024;

    /** Maximum size of the cached frames, in bytes. */
    private static final int MAX_WEIGHT = 1 << 20;

    private static final int FRAME_OVERHEAD = 64;

    private record Encoded(long position, @Nullable Frame frame, int weight) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Room room;
    private final MessageEncoder encoder;
    private final int batchBytes;
    private final @Nullable Encoded[] encoded = new Encoded[SLOTS];
    private int weight;
    /** The most recent batch first. The array is replaced as a whole, under the lock. */
    private volatile FrameBatch[] batches = {};
    /** {@link Room#amendments()} when the frames were encoded; written after {@link #batches} and read before it. */
    private volatile int amendments;

    EncodedLog(Room room, MessageEncoder encoder, int batchBytes) {
        this.room = room;
        this.encoder = encoder;
        this.batchBytes = batchBytes;
    }

    Room room() {
        return room;
    }

    MessageEncoder encoder() {
        return encoder;
    }

    /**
     * Returns a batch of the messages after {@code from}, ending at {@code to} or earlier; null if the message after
     * {@code from} is no longer in memory.
     */
    @Nullable
    FrameBatch batch(long from, long to) {
        FrameBatch shared = find(from, to);
        if (shared != null) {
            return shared;
        }
        lock.lock();
        try {
            discardOutdated();
            shared = find(from, to);
            return shared == null ? add(encode(from, to)) : shared;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable FrameBatch find(long from, long to) {
        int encodedAt = amendments;
        for (FrameBatch batch : batches) {
            if (batch.from() == from && batch.to() <= to) {
                return encodedAt == room.amendments() ? batch : null;
            }
        }
        return null;
    }

    private @Nullable FrameBatch add(@Nullable FrameBatch batch) {
        if (batch != null) {
            FrameBatch[] present = batches;
            FrameBatch[] next = new FrameBatch[Math.min(BATCHES, present.length + 1)];
            next[0] = batch;
            System.arraycopy(present, 0, next, 1, next.length - 1);
            batches = next;
        }
        return batch;
    }

    /** Returns the frame of one message, or null if the encoder produces none. */
    @Nullable
    Frame frame(Entry entry) {
        lock.lock();
        try {
            discardOutdated();
            return encode(entry).frame();
        } finally {
            lock.unlock();
        }
    }

    /** Discards all frames if messages were edited or deleted since, because outdated frames must not be sent. */
    private void discardOutdated() {
        int now = room.amendments();
        if (now != amendments) {
            batches = new FrameBatch[0];
            Arrays.fill(encoded, null);
            weight = 0;
            amendments = now;
        }
    }

    private @Nullable FrameBatch encode(long from, long to) {
        List<Frame> frames = new ArrayList<>();
        List<Audience> audiences = new ArrayList<>();
        int bytes = 0;
        Entry first = null;
        Entry last = null;
        for (long position = from + 1; position <= to && bytes < batchBytes; position++) {
            Entry entry = room.recent(position);
            if (entry == null) {
                break;
            }
            first = first == null ? entry : first;
            last = entry;
            Encoded message = encode(entry);
            if (message.frame() != null) {
                frames.add(message.frame());
                bytes += message.weight();
            }
            if (entry.audience() != Audience.EVERYONE) {
                audiences.add(entry.audience());
            }
        }
        return first == null || last == null
                ? null
                : FrameBatch.of(first, last, frames.isEmpty() ? frames : encoder.batch(frames), audiences);
    }

    private Encoded encode(Entry entry) {
        long position = entry.message().position().number();
        int slot = (int) position & (SLOTS - 1);
        Encoded known = encoded[slot];
        if (known != null && known.position() == position) {
            return known;
        }
        Frame frame = encoder.encode(entry.message());
        Encoded made = new Encoded(position, frame, FRAME_OVERHEAD + (frame == null ? 0 : frame.weight()));
        keep(slot, made);
        return made;
    }

    private void keep(int slot, Encoded made) {
        weight += made.weight() - (encoded[slot] == null ? 0 : encoded[slot].weight());
        encoded[slot] = made;
        for (int step = 1; step < SLOTS && weight > MAX_WEIGHT; step++) {
            int other = (slot + step) & (SLOTS - 1);
            if (encoded[other] != null) {
                weight -= encoded[other].weight();
                encoded[other] = null;
            }
        }
    }
}
