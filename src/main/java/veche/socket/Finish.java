package veche.socket;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * A connection's end: it comes once, by whoever is first, and what was left to do then is done, never on a carrier: a log
 * may block, and with it all of the carrier's connections. Thread-safe.
 */
final class Finish {
    private final Executor executor;
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.NONE);
    private final AtomicReference<Runnable> action = new AtomicReference<>(() -> {});
    private volatile BiConsumer<Ending, List<String>> epilogue = (how, rooms) -> {};

    Finish(Executor executor) {
        this.executor = executor;
    }

    /** Whether this is the end that counts; false where another came before. */
    boolean come(Ending how) {
        return ending.compareAndSet(Ending.NONE, how);
    }

    boolean hasCome() {
        return ending.get() != Ending.NONE;
    }

    /** {@link Ending#NONE} before. */
    Ending ending() {
        return ending.get();
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
    void epilogue(BiConsumer<Ending, List<String>> told) {
        epilogue = told;
    }

    void tell(List<String> rooms) {
        executor.execute(() -> epilogue.accept(ending(), rooms));
    }
}
