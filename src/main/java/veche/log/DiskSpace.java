package veche.log;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import veche.room.MessageLog.Space;
import veche.room.RefusedException;

/**
 * Whether the storage has space for new messages: the last measurement, and what has been appended on this node since.
 * Thread-safe and non-blocking.
 */
final class DiskSpace {
    private static final System.Logger LOGGER = System.getLogger("veche.log");
    /** A measurement that takes long is repeated so rarely that measuring takes at most a fiftieth of the time. */
    private static final int PAUSE_FACTOR = 50;

    private final LogLimits.Disk limits;
    private final LongAdder appended = new LongAdder();
    private final AtomicBoolean measuring = new AtomicBoolean();
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile Storage.Usage measured = new Storage.Usage(0, Long.MAX_VALUE);
    private volatile long nextMeasurement = System.nanoTime();

    DiskSpace(LogLimits.Disk limits) {
        this.limits = limits;
    }

    /**
     * Accounts a message that is to be appended.
     *
     * @param weight its approximate size in bytes
     * @throws RefusedException ({@link RefusedException.Reason#LOG_UNAVAILABLE}) if there is no space
     */
    void take(long weight) {
        if (isFull()) {
            throw new RefusedException(
                    RefusedException.Reason.LOG_UNAVAILABLE, "The storage of messages is full; retry later");
        }
        appended.add(weight);
    }

    private boolean isFull() {
        long since = appended.sum();
        Storage.Usage last = measured;
        return limits.maxBytes() > 0 && last.used() + since >= limits.maxBytes()
                || last.free() - since < limits.minFreeBytes();
    }

    /** The bytes in use, and whether new messages are refused. */
    Space space() {
        return new Space(measured.used() + appended.sum(), isFull());
    }

    /** Measures the storage if it is time for it. Called by reader threads. */
    void measure(Storage storage) throws StorageException {
        long begin = System.nanoTime();
        if (begin - nextMeasurement < 0 || !measuring.compareAndSet(false, true)) {
            return;
        }
        try {
            // Messages that are still queued are not counted until the next measurement; the queue has a bound.
            long before = appended.sum();
            measured = storage.usage(limits.maxBytes());
            appended.add(-before);
            long end = System.nanoTime();
            nextMeasurement = end + (end - begin) * PAUSE_FACTOR;
            report();
        } finally {
            measuring.set(false);
        }
    }

    private void report() {
        boolean full = isFull();
        if (reported.compareAndSet(!full, full)) {
            LOGGER.log(
                    full ? Level.WARNING : Level.INFO,
                    full
                            ? "The storage is full, new messages are refused: used={0} free={1}"
                            : "The storage has space again: used={0} free={1}",
                    Long.toString(measured.used()),
                    measured.free() == Long.MAX_VALUE ? "unknown" : Long.toString(measured.free()));
        }
    }
}
