package veche.permission.http;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts the decisions of the HTTP authorizer, for the metrics. Thread-safe. */
public final class AuthorizerStats {
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final LongAdder answered = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** How a request ended. */
    public enum Outcome {
        ALLOWED,
        DENIED,
        /** No valid answer in time. */
        FAILED,
        /** Not sent, since too many others wait. */
        BUSY;

        /** The name in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    AuthorizerStats() {
        Arrays.stream(Outcome.values()).forEach(outcome -> outcomes.put(outcome, new LongAdder()));
    }

    private LongAdder counter(Outcome outcome) {
        return Objects.requireNonNull(outcomes.get(outcome));
    }

    void add(Outcome outcome) {
        counter(outcome).increment();
    }

    void answered(long tookNanos) {
        answered.increment();
        nanos.add(tookNanos);
    }

    /** The number of requests with an outcome. */
    public long count(Outcome outcome) {
        return counter(outcome).sum();
    }

    /** The number of requests that were answered, by whatever answer. */
    public long answers() {
        return answered.sum();
    }

    /** The total time until the answers, in nanoseconds. */
    public double totalNanos() {
        return nanos.sum();
    }
}
