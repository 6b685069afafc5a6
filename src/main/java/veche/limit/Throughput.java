package veche.limit;

import io.github.bucket4j.Bucket;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Limits the messages and bytes of one connection. Thread-safe; never blocks. */
public final class Throughput {
    private final @Nullable Bucket messages;
    private final @Nullable Bucket bytes;
    private final LongAdder refusedMessages;
    private final LongAdder refusedBytes;

    /**
     * The limits of a connection.
     *
     * @param messages the maximum rate of messages; empty for any
     * @param bytes the maximum rate of bytes; empty for any
     */
    public record Limits(Optional<Rate> messages, Optional<Rate> bytes) {
        /** 500 messages per second with a burst of 5,000, and 4 MiB per second with a burst of 32 MiB. */
        public static final Limits DEFAULT =
                new Limits(Optional.of(Rate.of("500/s burst 5000")), Optional.of(Rate.of("4194304/s burst 33554432")));

        /** No limits. */
        public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
    }

    /** @param refusals counts the violations of each limit */
    public Throughput(Limits limits, Refusals refusals) {
        this.messages = limits.messages().map(RateLimiter::bucket).orElse(null);
        this.bytes = limits.bytes().map(RateLimiter::bucket).orElse(null);
        this.refusedMessages = refusals.counter("input-messages-per-connection");
        this.refusedBytes = refusals.counter("input-bytes-per-connection");
    }

    /** Accounts a part of a message; returns false if a limit is exceeded. */
    public boolean admits(int size, boolean last) {
        return (size == 0 || take(bytes, size, refusedBytes)) && (!last || take(messages, 1, refusedMessages));
    }

    private static boolean take(@Nullable Bucket bucket, int permits, LongAdder refused) {
        if (bucket == null || bucket.tryConsume(permits)) {
            return true;
        }
        refused.increment();
        return false;
    }
}
