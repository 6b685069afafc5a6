package veche.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;
import veche.room.Audience;
import veche.room.Entry;
import veche.room.Room;

/**
 * A room's recent messages in one wording: each is worded once, however many listen and from wherever. Thread-safe; its
 * lock is held while wording, never while sending.
 */
final class Tape {
    /** Runs remembered for carriers and stragglers that stand where others stood. */
    private static final int RUNS = 8;
    /** Frames remembered for those at other cursors: so many, a power of two, and so many bytes of content. */
    private static final int SLOTS = 1024;

    private static final int MAX_WEIGHT = 1 << 20;

    private record Worded(long position, Frame frame, int weight) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Room room;
    private final MessageEncoder encoder;
    private final int batchBytes;
    private final Worded[] worded = new Worded[SLOTS];
    private final Deque<FrameBatch> batches = new ArrayDeque<>();
    private int weight;
    private int amendments;

    Tape(Room room, MessageEncoder encoder, int batchBytes) {
        this.room = room;
        this.encoder = encoder;
        this.batchBytes = batchBytes;
    }

    MessageEncoder encoder() {
        return encoder;
    }

    /** The run behind {@code from}, not beyond {@code to}; null where the message after {@code from} is no longer at hand. */
    FrameBatch run(long from, long to) {
        lock.lock();
        try {
            forgetOutdated();
            for (FrameBatch batch : batches) {
                if (batch.from() == from && batch.to() <= to) {
                    return batch;
                }
            }
            FrameBatch batch = make(from, to);
            if (batch != null) {
                if (batches.size() == RUNS) {
                    batches.removeLast();
                }
                batches.addFirst(batch);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** One message's frame, or null where this dialect does not say it. */
    Frame frame(Entry entry) {
        lock.lock();
        try {
            forgetOutdated();
            return word(entry).frame();
        } finally {
            lock.unlock();
        }
    }

    /** What was encoded of messages that have been edited or deleted since is not sent any more. */
    private void forgetOutdated() {
        int now = room.amendments();
        if (now != amendments) {
            amendments = now;
            batches.clear();
            Arrays.fill(worded, null);
            weight = 0;
        }
    }

    private FrameBatch make(long from, long to) {
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
            Worded word = word(entry);
            if (word.frame() != null) {
                frames.add(word.frame());
                bytes += word.weight();
            }
            if (entry.audience() != Audience.EVERYONE) {
                audiences.add(entry.audience());
            }
        }
        return last == null
                ? null
                : FrameBatch.of(first, last, frames.isEmpty() ? frames : encoder.batch(frames), audiences);
    }

    private Worded word(Entry entry) {
        long position = entry.message().position().number();
        int slot = (int) position & (SLOTS - 1);
        Worded known = worded[slot];
        if (known != null && known.position() == position) {
            return known;
        }
        Frame frame = encoder.encode(entry.message());
        Worded said = new Worded(position, frame, 64 + (frame == null ? 0 : frame.weight()));
        remember(slot, said);
        return said;
    }

    private void remember(int slot, Worded said) {
        weight += said.weight() - (worded[slot] == null ? 0 : worded[slot].weight());
        worded[slot] = said;
        for (int step = 1; step < SLOTS && weight > MAX_WEIGHT; step++) {
            int other = (slot + step) & (SLOTS - 1);
            if (worded[other] != null) {
                weight -= worded[other].weight();
                worded[other] = null;
            }
        }
    }
}
