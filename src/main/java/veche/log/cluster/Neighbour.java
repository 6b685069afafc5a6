package veche.log.cluster;

import java.time.Duration;
import veche.room.cluster.NodeId;

/**
 * Another node, as seen by one incarnation of this one. Confined to the thread of {@link ParcelExchange}, except for
 * {@link #outgoing}.
 */
final class Neighbour {
    /** Acknowledgements that wait; more are sent at once. */
    private static final int MAX_UNANSWERED = 64;

    private final NodeId id;
    private final Outgoing outgoing;
    private final Arrivals arrivals;
    private int unanswered;
    private long unansweredSince;
    private long probe;
    private long probedAt;

    Neighbour(NodeId self, NodeId id, Duration patience, long nanoTime) {
        this.id = id;
        this.outgoing = new Outgoing(self.incarnation());
        this.arrivals = new Arrivals(patience);
        this.probedAt = nanoTime - Duration.ofDays(1).toNanos();
    }

    NodeId id() {
        return id;
    }

    /** What is to be sent to it; thread-safe. */
    Outgoing outgoing() {
        return outgoing;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** A batch was received by the relay: an acknowledgement is due. */
    void relayed(long nanoTime) {
        if (unanswered++ == 0) {
            unansweredSince = nanoTime;
        }
    }

    /** Whether an acknowledgement is to be sent, which more batches may share for a time. */
    boolean takeAcknowledgement(long nanoTime, Duration delay) {
        boolean now = unanswered >= MAX_UNANSWERED || unanswered > 0 && nanoTime - unansweredSince >= delay.toNanos();
        if (now) {
            unanswered = 0;
        }
        return now;
    }

    boolean owesAcknowledgement() {
        return unanswered > 0;
    }

    boolean isProbeDue(long nanoTime, Duration interval) {
        return nanoTime - probedAt >= interval.toNanos();
    }

    /** The number of a new probe. */
    long nextProbe(long nanoTime) {
        probedAt = nanoTime;
        return ++probe;
    }

    /** Whether this answers the last probe in time. */
    boolean isAnswer(long number, long nanoTime, Duration timeout) {
        return number == probe && nanoTime - probedAt < timeout.toNanos();
    }
}
