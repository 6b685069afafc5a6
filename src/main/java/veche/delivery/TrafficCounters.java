package veche.delivery;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Counters of the traffic sent since startup, for monitoring. Thread-safe; counting a batch costs two additions,
 * regardless of its number of frames.
 */
public final class TrafficCounters {
    /** One in this many batches is measured. A prime, so that the sample varies over the clients of a room. */
    private static final int SAMPLE = 7;

    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<Integer, LongAdder> closes = new ConcurrentHashMap<>();
    private final LongAdder pending;
    private final Set<String> transports = ConcurrentHashMap.newKeySet();
    private volatile LongConsumer deliveries = millis -> {};

    /** @param pending the counter of bytes queued in outboxes */
    TrafficCounters(LongAdder pending) {
        this.pending = pending;
    }

    /** The counter of bytes queued in outboxes, updated by the outboxes. */
    LongAdder pending() {
        return pending;
    }

    /** Records the transport of a new connection; returns true for the first one of its kind. */
    boolean opened(Transport transport) {
        return transports.add(transport.name());
    }

    void sent(FrameBatch batch) {
        frames.add(batch.frames().size());
        bytes.add(batch.weight());
    }

    /** Measures the delay of one in {@link #SAMPLE} written batches. Called only on the delivery worker. */
    void delivered(FrameBatch batch, int number) {
        if (number % SAMPLE == 0 && batch.at() > 0) {
            deliveries.accept(System.currentTimeMillis() - batch.at());
        }
    }

    /**
     * Sets the listener that receives, for a sample of the batches, the age of the first message in milliseconds when
     * the batch was passed to the client's transport. Called on the delivery workers' threads, so it must not block.
     */
    public void onDelivery(LongConsumer listener) {
        deliveries = listener;
    }

    /** Counts a closed connection by its close code (RFC 6455 §7.4.1). */
    public void closed(int code) {
        closes.computeIfAbsent(code, unseen -> new LongAdder()).increment();
    }

    /** The number of WebSocket messages sent, counted once per recipient. */
    public long frames() {
        return frames.sum();
    }

    /** The total payload of these messages, in bytes. */
    public long bytes() {
        return bytes.sum();
    }

    /** The number of bytes queued in outboxes at present. */
    public long pendingBytes() {
        return pending.sum();
    }

    /** Closed connections by close code, of either peer; 1006 for a lost connection (RFC 6455 §7.4.1). */
    public Map<Integer, Long> closes() {
        Map<Integer, Long> sums = new TreeMap<>();
        closes.forEach((code, count) -> sums.put(code, count.sum()));
        return sums;
    }

    /** The names of the transports used since startup. */
    public Set<String> transports() {
        return Set.copyOf(transports);
    }
}
