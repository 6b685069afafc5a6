package veche.delivery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import veche.dialect.Frame;
import veche.dialect.MessageEncoder;

/** Assembles one batch for a connection, in order, from several rooms and the frames that only this client receives. */
final class BatchBuilder {
    private final int limit;
    private final List<Frame> frames = new ArrayList<>();
    /** Consecutive messages of one encoder, to be combined by {@link MessageEncoder#batch}. */
    private final List<Frame> messages = new ArrayList<>();

    private @Nullable MessageEncoder encoder;
    private int weight;

    /** @param limit the payload size in bytes at which a batch is full */
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

    /** Adds the frame of a room message; null is ignored. */
    void add(MessageEncoder encodedBy, @Nullable Frame frame) {
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
        if (encoder != null && !messages.isEmpty()) {
            frames.addAll(encoder.batch(List.copyOf(messages)));
            messages.clear();
        }
        encoder = null;
    }

    /** Returns the batch of all added frames, or null if there are none. */
    @Nullable
    FrameBatch build() {
        combine();
        return frames.isEmpty() ? null : FrameBatch.of(frames);
    }
}
