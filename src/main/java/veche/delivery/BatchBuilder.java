package veche.delivery;

import java.util.ArrayList;
import java.util.List;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;

/** Builds a batch for one connection from several rooms and its private frames, in order. */
final class BatchBuilder {
    private final int limit;
    private final List<Frame> frames = new ArrayList<>();
    /** Adjacent messages of one encoder, which are combined by {@link MessageEncoder#batch}. */
    private final List<Frame> messages = new ArrayList<>();

    private MessageEncoder encoder;
    private int weight;

    /** @param limit the content in bytes from which a batch is full */
    BatchBuilder(int limit) {
        this.limit = limit;
    }

    boolean isFull() {
        return weight >= limit;
    }

    boolean isEmpty() {
        return frames.isEmpty() && messages.isEmpty();
    }

    void add(Frame frame) {
        combine();
        frames.add(frame);
        weight += frame.weight();
    }

    /** Adds a message's frame, or nothing for null. */
    void add(MessageEncoder encodedBy, Frame frame) {
        if (frame == null) {
            return;
        }
        if (!encodedBy.equals(encoder)) {
            combine();
            encoder = encodedBy;
        }
        messages.add(frame);
        weight += frame.weight();
    }

    void add(FrameBatch batch) {
        combine();
        frames.addAll(batch.frames());
        weight += batch.weight();
    }

    private void combine() {
        if (!messages.isEmpty()) {
            frames.addAll(encoder.batch(List.copyOf(messages)));
            messages.clear();
        }
        encoder = null;
    }

    /** All that was added, or null for nothing. */
    FrameBatch build() {
        combine();
        return frames.isEmpty() ? null : FrameBatch.of(frames);
    }
}
