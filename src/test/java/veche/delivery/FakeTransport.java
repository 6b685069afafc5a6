package veche.delivery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import veche.dialect.Frame;

/**
 * A transport without a network. It records the batches it receives and completes each at once, later, with a failure
 * or never. Violations of the {@link Transport} contract, such as overlapping batches, are recorded.
 */
public class FakeTransport extends Transport {
    /** How the write of a batch completes. */
    @FunctionalInterface
    interface Completion {
        void run(Consumer<Throwable> done);
    }

    static final Completion AT_ONCE = done -> done.accept(null);

    final List<FrameBatch> batches = new CopyOnWriteArrayList<>();
    public final List<String> violations = new CopyOnWriteArrayList<>();
    volatile Completion completion = AT_ONCE;
    public volatile int pings;
    public volatile int code;
    public volatile String reason;
    public volatile boolean aborted;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Consumer<Throwable> held;

    /** From now on batches are accepted but not completed until {@link #complete()}. */
    public FakeTransport hold() {
        completion = done -> held = done;
        return this;
    }

    /** Completes the held batch, if any, on this thread; later batches complete at once. */
    public void release() {
        completion = AT_ONCE;
        complete();
    }

    /** Completes the held batch, if any. */
    public void complete() {
        complete(null);
    }

    /** Completes the held batch, if any, with this failure, or successfully if it is null. */
    void complete(Throwable failure) {
        Consumer<Throwable> done = held;
        held = null;
        if (done != null) {
            done.accept(failure);
        }
    }

    @Override
    protected void send(FrameBatch batch, Consumer<Throwable> done) {
        if (busy.getAndSet(true)) {
            violations.add("A batch was sent before the previous one completed");
        }
        if (batch.isEmpty()) {
            violations.add("An empty batch was sent");
        }
        batches.add(batch);
        completion.run(failure -> {
            busy.set(false);
            done.accept(failure);
        });
    }

    @Override
    protected void ping() {
        if (busy.get()) {
            violations.add("A ping was sent during the write of a batch");
        }
        pings++;
    }

    @Override
    protected void close(int closeCode, String closeReason) {
        if (code != 0) {
            violations.add("Closed twice");
        }
        reason = closeReason;
        code = closeCode;
    }

    @Override
    protected void abort() {
        aborted = true;
    }

    public List<Frame> frames() {
        return batches.stream().flatMap(batch -> batch.frames().stream()).toList();
    }

    /** The frames received, as text; binary frames are decoded as UTF-8. */
    public List<String> texts() {
        return frames().stream().map(FakeTransport::text).toList();
    }

    private static String text(Frame frame) {
        return frame instanceof Frame.Text message
                ? message.text()
                : StandardCharsets.UTF_8.decode(((Frame.Binary) frame).data()).toString();
    }
}
