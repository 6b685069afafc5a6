package veche.socket;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * What has gone out of the sockets since start, for whoever watches. Thread-safe; counting a run costs two additions,
 * whatever the run holds.
 */
public final class TrafficCounters {
    /** A prime, so that it is not always the same clients of a room that are looked at. */
    private static final int MEASURED = 7;

    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<Integer, LongAdder> closes = new ConcurrentHashMap<>();
    private final LongAdder pending;
    private volatile LongConsumer deliveries = millis -> {};

    TrafficCounters(LongAdder pending) {
        this.pending = pending;
    }

    void sent(FrameBatch batch) {
        frames.add(batch.frames().size());
        bytes.add(batch.weight());
    }

    /** A run of messages was handed over; one in {@link #MEASURED} is looked at. Called by its carrier only. */
    void delivered(FrameBatch batch, int number) {
        if (number % MEASURED == 0 && batch.at() > 0) {
            deliveries.accept(System.currentTimeMillis() - batch.at());
        }
    }

    /**
     * Tells {@code listener} of some runs how old the first of their messages was when it was handed to a client's socket,
     * in ms; on the carriers' threads, so it must be quick.
     */
    public void onDelivery(LongConsumer listener) {
        deliveries = listener;
    }

    void closed(int code) {
        closes.computeIfAbsent(code, unseen -> new LongAdder()).increment();
    }

    /** WebSocket messages handed over, counted once for each client. */
    public long frames() {
        return frames.sum();
    }

    /** Bytes of their content. */
    public long bytes() {
        return bytes.sum();
    }

    /** Bytes that wait for single clients now. */
    public long pendingBytes() {
        return pending.sum();
    }

    /** How many connections have ended with each code, whoever chose it; 1006 where one was lost (RFC 6455 §7.4.1). */
    public Map<Integer, Long> closes() {
        Map<Integer, Long> sums = new TreeMap<>();
        closes.forEach((code, count) -> sums.put(code, count.sum()));
        return sums;
    }

    /** The ways out that this server's sessions have been given since start, by class name. */
    public Set<String> transports() {
        return Transports.inUse();
    }
}
