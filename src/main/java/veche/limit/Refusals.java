package veche.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what each limit has refused, for the metrics. Thread-safe. */
public final class Refusals {
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

    /**
     * Returns the counter of a limit.
     *
     * @param limit the name of its setting without {@code veche.limit.}
     */
    public LongAdder counter(String limit) {
        return counts.computeIfAbsent(limit, unseen -> new LongAdder());
    }

    /** The counters by the name of the limit. */
    public Map<String, LongAdder> counters() {
        return Map.copyOf(counts);
    }
}
