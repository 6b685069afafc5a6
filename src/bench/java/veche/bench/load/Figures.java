package veche.bench.load;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** The figures of a measurement by name; printed as one line of {@code name=value} pairs for the parent process. */
final class Figures {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<String, Number> values = new LinkedHashMap<>();

    Figures put(String name, Number value) {
        values.put(name, value);
        return this;
    }

    /** Adds a latency histogram of nanoseconds, in milliseconds. */
    Figures latency(Histogram nanos) {
        put("latency_p50_ms", nanos.getValueAtPercentile(50) / NANOS_PER_MILLI);
        put("latency_p99_ms", nanos.getValueAtPercentile(99) / NANOS_PER_MILLI);
        put("latency_max_ms", nanos.getMaxValue() / NANOS_PER_MILLI);
        return this;
    }

    /** Adds the number of lost connections, and prints the causes to the error stream. */
    Figures losses(Map<String, Integer> losses) {
        new TreeMap<>(losses).forEach((why, count) -> System.err.println(count + " connections lost: " + why));
        return put("lost_connections", losses.values().stream().mapToInt(i -> i).sum());
    }

    void print() {
        System.out.println(values.entrySet().stream().map(Object::toString).collect(joining(" ")));
    }
}
