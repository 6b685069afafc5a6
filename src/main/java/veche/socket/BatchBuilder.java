package veche.socket;

import java.util.ArrayList;
import java.util.List;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;

/** Gathers a run for one connection from several rooms and its private frames, in order. */
final class BatchBuilder {
    private final int limit;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Frame> alike = new ArrayList<>();
    private MessageEncoder encoder;
    private int weight;

    BatchBuilder(int limit) {
        this.limit = limit;
    }

    boolean full() {
        return weight >= limit;
    }

    boolean isEmpty() {
        return frames.isEmpty() && alike.isEmpty();
    }

    void add(Frame frame) {
        gather();
        frames.add(frame);
        weight += frame.weight();
    }

    /** Adds a message's frame; neighbours of one wording are gathered together. */
    void add(MessageEncoder worded, Frame frame) {
        if (frame == null) {
            return;
        }
        if (!worded.equals(encoder)) {
            gather();
            encoder = worded;
        }
        alike.add(frame);
        weight += frame.weight();
    }

    void add(FrameBatch batch) {
        gather();
        frames.addAll(batch.frames());
        weight += batch.weight();
    }

    private void gather() {
        if (!alike.isEmpty()) {
            frames.addAll(encoder.batch(List.copyOf(alike)));
            alike.clear();
        }
        encoder = null;
    }

    /** All that was added, or null for nothing. */
    FrameBatch run() {
        gather();
        return frames.isEmpty() ? null : FrameBatch.of(frames);
    }
}
