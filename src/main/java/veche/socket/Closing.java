package veche.socket;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * A connection's end: it comes once, by whoever is first, and what was left to do then is done, never on a carrier: a log
 * may block, and with it all of the carrier's connections. Thread-safe.
 */
final class Closing {
    private final Executor executor;
    private final AtomicReference<CloseStatus> closeStatus = new AtomicReference<>(CloseStatus.NONE);
    private final AtomicReference<Runnable> action = new AtomicReference<>(() -> {});
    private volatile BiConsumer<CloseStatus, List<String>> onClosed = (how, rooms) -> {};

    Closing(Executor executor) {
        this.executor = executor;
    }

    /** Whether this is the end that counts; false where another came before. */
    boolean come(CloseStatus how) {
        return closeStatus.compareAndSet(CloseStatus.NONE, how);
    }

    boolean hasCome() {
        return closeStatus.get() != CloseStatus.NONE;
    }

    /** {@link CloseStatus#NONE} before. */
    CloseStatus closeStatus() {
        return closeStatus.get();
    }

    /** Has that done once it has come, or at once if it has. */
    void leave(Runnable work) {
        action.set(work);
        if (hasCome()) {
            act();
        }
    }

    void act() {
        executor.execute(action.getAndSet(() -> {}));
    }

    /** Is told at the end how it ended, and which rooms were followed then. */
    void onClosed(BiConsumer<CloseStatus, List<String>> told) {
        onClosed = told;
    }

    void tell(List<String> rooms) {
        executor.execute(() -> onClosed.accept(closeStatus(), rooms));
    }
}
