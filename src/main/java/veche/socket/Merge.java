package veche.socket;

import java.util.ArrayList;
import java.util.List;
import veche.dialect.Frame;
import veche.dialect.Wording;

/** Gathers a run for one connection from several rooms and its private frames, in order. */
final class Merge {
    private final int limit;
    private final List<Frame> frames = new ArrayList<>();
    private final List<Frame> alike = new ArrayList<>();
    private Wording wording;
    private int weight;

    Merge(int limit) {
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
    void add(Wording worded, Frame frame) {
        if (frame == null) {
            return;
        }
        if (!worded.equals(wording)) {
            gather();
            wording = worded;
        }
        alike.add(frame);
        weight += frame.weight();
    }

    void add(Run run) {
        gather();
        frames.addAll(run.frames());
        weight += run.weight();
    }

    private void gather() {
        if (!alike.isEmpty()) {
            frames.addAll(wording.gather(List.copyOf(alike)));
            alike.clear();
        }
        wording = null;
    }

    /** All that was added, or null for nothing. */
    Run run() {
        gather();
        return frames.isEmpty() ? null : Run.of(frames);
    }
}
