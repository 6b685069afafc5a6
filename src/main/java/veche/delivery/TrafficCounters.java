package veche.delivery;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * Counters of what was sent since the start, for monitoring. Thread-safe; counting a batch costs two additions, however
 * many frames it has.
 */
public final class TrafficCounters {
    /** One batch in so many is measured: a prime, so that the sample is not always the same clients of a room. */
    private static final int SAMPLE = 7;

    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<Integer, LongAdder> closes = new ConcurrentHashMap<>();
    private final LongAdder pending = new LongAdder();
    private final Set<String> transports = ConcurrentHashMap.newKeySet();
    private volatile LongConsumer deliveries = millis -> {};

    TrafficCounters() {}

    /** The bytes that wait in outboxes, for those who add and remove them. */
    LongAdder pending() {
        return pending;
    }

    void opened(Transport transport) {
        transports.add(transport.getClass().getSimpleName());
    }

    void sent(FrameBatch batch) {
        frames.add(batch.frames().size());
        bytes.add(batch.weight());
    }

    /** A batch was written; one in {@link #SAMPLE} is measured. Called on its delivery worker only. */
    void delivered(FrameBatch batch, int number) {
        if (number % SAMPLE == 0 && batch.at() > 0) {
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

    public void closed(int code) {
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

    /** The transports that connections have used since the start, by class name. */
    public Set<String> transports() {
        return Set.copyOf(transports);
    }
}
