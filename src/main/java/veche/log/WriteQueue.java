package veche.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import veche.room.RefusedException;

/** The bounded line before the writer. Thread-safe; the lock is held for a few instructions, never during work. */
final class WriteQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<WriteRequest> line = new ArrayDeque<>();
    private final LogLimits.Writes limits;
    private long bytes;
    private boolean closed;

    WriteQueue(LogLimits.Writes limits) {
        this.limits = limits;
    }

    /** Lines a request up, or refuses it at once. */
    void offer(WriteRequest request) {
        RefusedException refusal = tryAdd(request);
        if (refusal != null) {
            request.refuse(refusal);
        }
    }

    private RefusedException tryAdd(WriteRequest request) {
        lock.lock();
        try {
            if (closed) {
                return stopping();
            }
            if (!line.isEmpty() && isFull(request.weight())) {
                return new RefusedException(
                        RefusedException.Reason.BUSY, "Too many messages wait to be stored; try again");
            }
            add(request);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(long more) {
        return line.size() >= limits.pendingMessages() || bytes + more > limits.pendingBytes();
    }

    /** Lines up a chore of the log's own, however much waits. */
    void addChore(WriteRequest chore) {
        lock.lock();
        try {
            if (!closed) {
                add(chore);
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(WriteRequest request) {
        line.add(request);
        bytes += request.weight();
        if (line.size() == 1) {
            arrived.signal();
        }
    }

    /**
     * Takes as much as goes into one transaction, waiting for the first. Called by the writer only.
     *
     * @param nanos how long to wait
     * @return nothing where nothing came
     */
    List<WriteRequest> take(long nanos) throws InterruptedException {
        List<WriteRequest> batch = new ArrayList<>();
        lock.lockInterruptibly();
        try {
            for (long left = nanos; line.isEmpty() && !closed && left > 0; ) {
                left = arrived.awaitNanos(left);
            }
            long taken = 0;
            while (!line.isEmpty() && batch.size() < limits.batchMessages() && taken < limits.batchBytes()) {
                taken += line.peek().weight();
                batch.add(line.remove());
            }
            bytes -= taken;
        } finally {
            lock.unlock();
        }
        return batch;
    }

    /** Whether nothing waits and nothing will. */
    boolean isOver() {
        lock.lock();
        try {
            return closed && line.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what comes from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what could not be taken in time; closed before. */
    void refuseAll() {
        List<WriteRequest> late;
        lock.lock();
        try {
            late = new ArrayList<>(line);
            line.clear();
        } finally {
            lock.unlock();
        }
        late.forEach(request -> request.refuse(stopping()));
    }

    static RefusedException stopping() {
        return new RefusedException(RefusedException.Reason.STOPPING, "The server stops");
    }
}
