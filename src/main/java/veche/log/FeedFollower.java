package veche.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import veche.room.Message;
import veche.room.MessageLog;

/**
 * Follows the feed of a storage that several nodes use. Without a feed, it does nothing. Confined to the writer thread
 * except where stated.
 */
final class FeedFollower {
    /** No time is later. */
    private static final long NEVER = Long.MAX_VALUE / 4;

    private final Storage storage;
    private final DeliveryState deliveryState;
    private final LogLimits.Cluster limits;
    /** Null if only one process uses the storage. */
    private volatile @Nullable FeedReader reader;
    /** The time of the latest reading. */
    private volatile long readAt = System.nanoTime();

    private long next;

    FeedFollower(Storage storage, DeliveryState deliveryState, LogLimits.Cluster limits) {
        this.storage = storage;
        this.deliveryState = deliveryState;
        this.limits = limits;
        this.reader = storage.feed() == Feed.NONE ? null : newReader();
        this.next = System.nanoTime() + (reader == null ? NEVER : 0);
    }

    private FeedReader newReader() {
        return new FeedReader(storage.feed(), deliveryState, limits.memory());
    }

    boolean hasFeed() {
        return reader != null;
    }

    /** The number of the entry up to which the feed has been read. */
    long seen() {
        FeedReader present = reader;
        return present == null ? 0 : present.seen();
    }

    /** When the feed has to be read without a signal, by {@link System#nanoTime()}. */
    long next() {
        return next;
    }

    /** A commit has failed: the feed is read soon, to find out why. */
    void commitFailed() {
        next = Math.min(next, System.nanoTime());
    }

    /**
     * Delivers everything that was committed before this call.
     *
     * @param own as in {@link FeedReader#read(List)}
     * @throws StorageException also if the database was restored to an earlier state, and a new epoch began
     */
    void read(List<Message> own) throws StorageException {
        FeedReader present = reader;
        if (present != null) {
            long began = System.nanoTime();
            next = began + interval().toNanos();
            if (!present.read(own)) {
                restart();
                throw new StorageException(
                        new IllegalStateException("The database was restored to an earlier state"), false);
            }
            readAt = began;
        }
    }

    /** Positions will be assigned again, with another epoch: nothing of the former one is valid. */
    private void restart() throws StorageException {
        storage.renewEpoch();
        reader = newReader();
        deliveryState.restarted();
    }

    /** Without reliable signals, other nodes' commits are found by polling alone. */
    private Duration interval() {
        return storage.wakeup().isReliable() ? limits.pollWithSignals() : limits.poll();
    }

    /** As {@link MessageLog#following}. Called by any thread. */
    Optional<MessageLog.Following> following() {
        return reader == null
                ? Optional.empty()
                : Optional.of(new MessageLog.Following(
                        storage.wakeup().isReliable(), Duration.ofNanos(System.nanoTime() - readAt)));
    }
}
