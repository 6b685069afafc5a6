package veche.log.cluster;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Puts the batches of another node in their order, since they may overtake each other on different ways, and removes
 * repetitions. Confined to one thread.
 */
final class Arrivals {
    /** Above, missing batches are no longer awaited, in bytes. */
    private static final long MAX_EARLY_BYTES = 8 << 20;

    private final long patience;
    private final NavigableMap<Long, ByteBuffer> early = new TreeMap<>();
    private long earlyBytes;
    private long received;
    private long gapSince;

    /** @param patience how long missing batches are awaited */
    Arrivals(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** Accepts a batch and returns those whose turn it is. */
    List<ByteBuffer> accept(ParcelBatch batch, long nanoTime) {
        if (batch.ordinal() <= received) {
            return List.of();
        }
        if (early.isEmpty()) {
            gapSince = nanoTime;
        }
        if (early.put(batch.ordinal(), batch.items()) == null) {
            earlyBytes += batch.items().remaining();
        }
        return takeConsecutive(nanoTime);
    }

    private List<ByteBuffer> takeConsecutive(long nanoTime) {
        List<ByteBuffer> taken = new ArrayList<>();
        while (!early.isEmpty() && early.firstKey() == received + 1) {
            received++;
            ByteBuffer items = early.pollFirstEntry().getValue();
            earlyBytes -= items.remaining();
            taken.add(items);
            gapSince = nanoTime;
        }
        return taken;
    }

    /** Whether batches are missing that are no longer awaited. */
    boolean isGapFinal(long nanoTime) {
        return !early.isEmpty() && (nanoTime - gapSince >= patience || earlyBytes > MAX_EARLY_BYTES);
    }

    /** Gives up the missing batches and returns those whose turn it is then. */
    List<ByteBuffer> skipGap(long nanoTime) {
        received = early.firstKey() - 1;
        return takeConsecutive(nanoTime);
    }

    /** The ordinal up to which everything was received or given up. */
    long received() {
        return received;
    }
}
