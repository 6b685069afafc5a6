package veche.socket;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has gone out of the sockets since start, for whoever watches. Thread-safe; counting a run costs two additions,
 * whatever the run holds.
 */
public final class Traffic {
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Map<Integer, LongAdder> closes = new ConcurrentHashMap<>();
    private final LongAdder pending;

    Traffic(LongAdder pending) {
        this.pending = pending;
    }

    void sent(Run run) {
        frames.add(run.frames().size());
        bytes.add(run.weight());
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
    public Set<String> wires() {
        return Wires.inUse();
    }
}
