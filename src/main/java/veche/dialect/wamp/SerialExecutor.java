package veche.dialect.wamp;

import java.lang.System.Logger;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one after the other, in order, on an executor's threads. What fails is logged. At most
 * {@value #MOST_WAITING} tasks wait; further ones are dropped, which is logged, for whoever is that slow is broken.
 */
final class SerialExecutor implements Executor {
    static final int MOST_WAITING = 65_536;

    private static final Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Executor executor;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        if (count.get() >= MOST_WAITING) {
            LOG.log(Logger.Level.ERROR, "A listener of the application is too slow: an event is dropped");
            return;
        }
        waiting.add(task);
        if (count.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            run(waiting.poll());
        } while (count.decrementAndGet() > 0);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // An Error too: the queue would never be drained again.
            LOG.log(Logger.Level.ERROR, "A listener of the application failed", e);
        }
    }
}
