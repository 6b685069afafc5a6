package veche.dialect;

import java.lang.System.Logger;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs tasks sequentially, in order, on the threads of another executor. Failures are logged. Thread-safe. */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = System.getLogger(SerialExecutor.class.getName());

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Executor executor;
    private final String owner;
    private final int maxQueued;

    /**
     * Creates an executor without tasks.
     *
     * @param executor must not reject tasks
     * @param owner the origin of the tasks, for log lines
     * @param maxQueued the maximum number of queued tasks; further tasks are dropped and logged
     */
    public SerialExecutor(Executor executor, String owner, int maxQueued) {
        this.executor = executor;
        this.owner = owner;
        this.maxQueued = maxQueued;
    }

    @Override
    public void execute(Runnable task) {
        if (count.get() >= maxQueued) {
            LOG.log(Logger.Level.ERROR, "{0} is too slow; task dropped", owner);
            return;
        }
        queue.add(task);
        if (count.getAndIncrement() == 0) {
            executor.execute(this::drain);
        }
    }

    private void drain() {
        do {
            run(queue.remove());
        } while (count.decrementAndGet() > 0);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // Errors are caught too; otherwise the queue would never be drained again.
            LOG.log(Logger.Level.ERROR, owner + " failed", e);
        }
    }
}
