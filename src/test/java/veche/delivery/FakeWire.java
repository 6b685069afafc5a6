package veche.delivery;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import veche.dialect.Frame;

/**
 * A wire without a network: keeps what it is handed, and is done with a run at once, later, badly, or never. Complains
 * when it is handed a run before the last one was done.
 */
public class FakeWire extends Transport {
    /** How a run ends. */
    @FunctionalInterface
    interface Manner {
        void end(Consumer<Throwable> done);
    }

    static final Manner AT_ONCE = done -> done.accept(null);

    final List<FrameBatch> batches = new CopyOnWriteArrayList<>();
    final List<String> complaints = new CopyOnWriteArrayList<>();
    volatile Manner manner = AT_ONCE;
    volatile int pings;
    public volatile int code;
    public volatile String reason;
    public volatile boolean terminated;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile Consumer<Throwable> held;

    /** From now on runs are taken, and not done until {@link #complete()}. */
    FakeWire hold() {
        manner = done -> held = done;
        return this;
    }

    /** Completes the run held back, if there is one, on this thread; later runs are done at once. */
    void release() {
        manner = AT_ONCE;
        complete();
    }

    /** Completes the run held back, if there is one. */
    void complete() {
        complete(null);
    }

    /** Ends the run held back, if there is one, so. */
    void complete(Throwable why) {
        Consumer<Throwable> done = held;
        held = null;
        if (done != null) {
            done.accept(why);
        }
    }

    @Override
    protected void send(FrameBatch batch, Consumer<Throwable> done) {
        if (busy.getAndSet(true)) {
            complaints.add("A run was handed over before the last one was done");
        }
        if (batch.isEmpty()) {
            complaints.add("An empty run was handed over");
        }
        batches.add(batch);
        manner.end(why -> {
            busy.set(false);
            done.accept(why);
        });
    }

    @Override
    protected void ping() {
        if (busy.get()) {
            complaints.add("A ping was sent while a run was under way");
        }
        pings++;
    }

    @Override
    protected void close(int closeCode, String closeReason) {
        if (code != 0) {
            complaints.add("Closed twice");
        }
        reason = closeReason;
        code = closeCode;
    }

    @Override
    protected void abort() {
        terminated = true;
    }

    public List<Frame> frames() {
        return batches.stream().flatMap(batch -> batch.frames().stream()).toList();
    }

    /** What was received, as text; a binary frame is decoded from UTF-8. */
    public List<String> texts() {
        return frames().stream().map(FakeWire::text).toList();
    }

    private static String text(Frame frame) {
        return frame instanceof Frame.Text said
                ? said.text()
                : StandardCharsets.UTF_8.decode(((Frame.Binary) frame).data()).toString();
    }
}
