package veche.log;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import veche.room.RefusedException;

/** The bounded queue of the writer. Thread-safe; the lock is held for a few instructions only, never during I/O. */
final class WriteQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final FairQueue queue = new FairQueue();
    private final LogLimits.Writes limits;
    /** The size of the requests of clients, written under the lock. */
    private volatile long bytes;

    private boolean closed;

    WriteQueue(LogLimits.Writes limits) {
        this.limits = limits;
    }

    /** Queues a request, or refuses it immediately. */
    void offer(WriteRequest request) {
        tryAdd(request).ifPresent(request::refuse);
    }

    /** Returns the refusal if the request was not added. */
    private Optional<RefusedException> tryAdd(WriteRequest request) {
        lock.lock();
        try {
            if (closed) {
                return Optional.of(stopping());
            }
            if (!queue.isEmpty() && isFull(request)) {
                return Optional.of(new RefusedException(RefusedException.Reason.BUSY, "Write queue full; retry"));
            }
            add(request);
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the request would exceed the limits of the queue or the share of its flow. */
    private boolean isFull(WriteRequest request) {
        return freeRequests() <= 0 || request.weight() > freeBytes() || exceedsShare(request);
    }

    /**
     * Whether a flow with requests in the queue would take more than half of what the others leave of its limits, so
     * that no user fills it alone (Choudhury and Hahne, "Dynamic Queue Length Thresholds", 1998).
     */
    private boolean exceedsShare(WriteRequest request) {
        int own = queue.size(request.flow());
        long ownBytes = queue.bytes(request.flow());
        return own > 0 && (own >= freeRequests() || ownBytes + request.weight() > freeBytes() - request.weight());
    }

    private int freeRequests() {
        return limits.pendingMessages() - (queue.size() - queue.size(WriteRequest.RETENTION));
    }

    private long freeBytes() {
        return limits.pendingBytes() - clientBytes();
    }

    /** Without retention, which many rooms may need at once and no client causes. */
    private long clientBytes() {
        return queue.bytes() - queue.bytes(WriteRequest.RETENTION);
    }

    /** Queues an internal request regardless of the limits; ignored after {@link #close}. */
    void addInternal(WriteRequest request) {
        lock.lock();
        try {
            if (!closed) {
                add(request);
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(WriteRequest request) {
        queue.add(request);
        bytes = clientBytes();
        if (queue.size() == 1) {
            arrived.signal();
        }
    }

    /**
     * Removes the requests for one transaction; waits for the first. Called by the writer only.
     *
     * @param nanos the maximum wait in nanoseconds
     * @return an empty list if no request arrived
     */
    List<WriteRequest> take(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long remaining = nanos; queue.isEmpty() && !closed && remaining > 0; ) {
                remaining = arrived.awaitNanos(remaining);
            }
            List<WriteRequest> batch = queue.take(limits.batchMessages(), limits.batchBytes());
            bytes = clientBytes();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** The approximate size in memory of the queued requests of clients, in bytes. */
    long bytes() {
        return bytes;
    }

    /** Whether the queue is closed and empty. */
    boolean isDrained() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses later requests; those in the queue remain. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses the requests that remain in the queue, which must be closed. */
    void refuseAll() {
        List<WriteRequest> refused;
        lock.lock();
        try {
            refused = queue.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
        refused.forEach(request -> request.refuse(stopping()));
    }

    static RefusedException stopping() {
        return new RefusedException(RefusedException.Reason.STOPPING, "The server is shutting down");
    }
}
