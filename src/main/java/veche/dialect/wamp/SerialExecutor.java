package veche.dialect.wamp;

import java.lang.System.Logger;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks sequentially, in order, on the threads of another executor. Failures are logged. The queue holds at most
 * {@value #MAX_QUEUED} tasks; further tasks are dropped and logged, since a listener that lags so far behind is faulty.
 */
final class SerialExecutor implements Executor {
    static final int MAX_QUEUED = 65_536;

    private static final Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Executor executor;

    SerialExecutor(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        if (count.get() >= MAX_QUEUED) {
            LOG.log(Logger.Level.ERROR, "Application listener is too slow; event dropped");
            return;
        }
        queue.add(task);
        if (count.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            run(queue.poll());
        } while (count.decrementAndGet() > 0);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // Errors are caught too; otherwise the queue would never be drained again.
            LOG.log(Logger.Level.ERROR, "Application listener failed", e);
        }
    }
}
