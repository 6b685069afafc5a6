package veche.limit;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Accounts the heap that this node holds on behalf of clients, in bytes, against one limit for all of it. The parts
 * have limits of their own, for a client or for the node; this one holds for their sum. Counting is striped, so that
 * connections do not contend; concurrent growth may therefore exceed the limit by one message each. Thread-safe.
 */
public final class ClientMemory {
    /** What the memory is held for. */
    public enum Part {
        /** Frames that are queued for a client. */
        OUTBOX,
        /** Messages of which a part is still to be received. */
        ASSEMBLY,
        /** Retained events. */
        RETAINED,
        /** Testaments. */
        TESTAMENT,
        /** WAMP subscriptions. */
        SUBSCRIPTION,
        /** WAMP registrations. */
        REGISTRATION,
        /** Pending WAMP calls. */
        CALL,
        /** WAMP requests that wait for a permission. */
        REQUEST,
        /** Messages that wait for the log, which has a limit of its own and is not refused by this one. */
        WRITE;

        /** The name in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final long limit;
    private final LongAdder refused;
    /** One for each part but {@link Part#WRITE}, which its queue counts. */
    private final Map<Part, LongAdder> counters = EnumSet.complementOf(EnumSet.of(Part.WRITE)).stream()
            .collect(Collectors.toMap(
                    Function.identity(),
                    part -> new LongAdder(),
                    (one, other) -> one,
                    () -> new EnumMap<>(Part.class)));

    private volatile LongSupplier writes = () -> 0;

    /**
     * Creates an empty account.
     *
     * @param limit the maximum in bytes
     * @param refusals counts what the limit refuses
     */
    public ClientMemory(long limit, Refusals refusals) {
        this.limit = limit;
        this.refused = refusals.counter("max-client-bytes");
    }

    /** An account without a limit. */
    public static ClientMemory unlimited() {
        return new ClientMemory(Long.MAX_VALUE, new Refusals());
    }

    /**
     * The counter of a part, to which bytes are added and from which they are subtracted.
     *
     * @throws NullPointerException for {@link Part#WRITE}, whose bytes come from its supplier
     */
    public LongAdder counter(Part part) {
        return Objects.requireNonNull(counters.get(part));
    }

    /** Sets the supplier of the bytes that wait for the log. */
    public void writes(LongSupplier pending) {
        writes = pending;
    }

    /** The bytes held for a part. */
    public long bytes(Part part) {
        return part == Part.WRITE ? writes.getAsLong() : counter(part).sum();
    }

    /** The bytes held in total. */
    public long total() {
        long total = writes.getAsLong();
        for (LongAdder counter : counters.values()) {
            total += counter.sum();
        }
        return total;
    }

    /** The maximum in bytes. */
    public long limit() {
        return limit;
    }

    /** Whether the limit is exceeded; if so, the caller refuses what would add to it, and that is counted. */
    public boolean refuses() {
        boolean full = total() > limit;
        if (full) {
            refused.increment();
        }
        return full;
    }
}
