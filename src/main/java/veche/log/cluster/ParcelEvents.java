package veche.log.cluster;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What the thread of {@link ParcelExchange} has to do, in its order. Thread-safe. */
final class ParcelEvents {
    /** Above, datagrams are dropped, which their senders repeat by mail, in bytes. */
    private static final long MAX_DATAGRAM_BYTES = 16 << 20;

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong datagramBytes = new AtomicLong();
    private final Semaphore work = new Semaphore(0);

    void add(Runnable event) {
        queue.add(event);
        wake();
    }

    /** Adds the processing of a datagram, which may be dropped. */
    void add(int bytes, Runnable processing) {
        if (datagramBytes.addAndGet(bytes) > MAX_DATAGRAM_BYTES) {
            datagramBytes.addAndGet(-bytes);
            return;
        }
        add(() -> {
            datagramBytes.addAndGet(-bytes);
            processing.run();
        });
    }

    /** Ends the next {@link #await}. */
    void wake() {
        if (work.availablePermits() == 0) {
            work.release();
        }
    }

    void await(Duration most) throws InterruptedException {
        work.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
    }

    /** Passes the events that have been added to the runner. */
    void run(Consumer<Runnable> runner) {
        for (Runnable event = queue.poll(); event != null; event = queue.poll()) {
            runner.accept(event);
        }
    }

    int size() {
        return queue.size();
    }
}
