package veche.room;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims;

/**
 * The log of all rooms; a port implemented by {@code veche.log}. Thread-safe; no method except {@link #close()} blocks
 * the caller. A stage fails with a {@link RefusedException}: {@code BUSY} if a queue is full, {@code LOG_UNAVAILABLE}
 * if the storage fails, {@code STOPPING} after {@link #close()}.
 */
public interface MessageLog extends AutoCloseable {
    /**
     * The result of one {@link #append}.
     *
     * @param message the message in the log
     * @param draft the appended draft
     * @param repeated whether the author used the same key within the last 24 h: {@code message} is then the first one
     *     and nothing was appended
     */
    record Appended(Message message, Draft draft, boolean repeated) {}

    /** Receives changes of the log on its writer thread. Implementations must not block and must not throw. */
    interface Listener {
        /** Called with committed messages in commit order. Positions of a room have no gaps and no duplicates. */
        void committed(List<Appended> batch);

        /** Called after retention removed the messages of a room before {@code first}. */
        void trimmed(RoomName room, long first);

        /** Called after another node appended messages after a position to a room that is not open. */
        default void grewUnopened(RoomName room, long after) {}

        /**
         * Called after the storage was restored to an earlier state: the log has a new epoch, and no room is open any
         * more.
         */
        default void restarted() {}

        /** Called after another node recorded moderation actions or revocations. */
        default void stateChanged() {}

        /** Called after the messages of an author in a room were erased on this node. */
        default void erased(RoomName room, String author) {}

        /** Called after {@link #forget}: the messages of an author are to be erased in memory. */
        default void forgotten(String author) {}
    }

    /** Sets the only listener. Must be called once, before any other method. */
    void listen(Listener listener);

    /**
     * Opens a room and returns its extent, which is empty for a new room. Ordered with {@link #append}: messages
     * appended after this call have positions after the extent, and the listener receives them after this stage
     * completes.
     */
    CompletionStage<Extent> open(RoomName room);

    /**
     * The stage completes when the listener has received what all nodes had committed before this call; immediately if
     * only one process uses the log.
     */
    default CompletionStage<Void> refresh() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Releases an opened room. Must be called once for each successful {@link #open}. Messages that other nodes append
     * to a room that is not open may not be reported to the listener.
     */
    default void release(RoomName room) {}

    /**
     * Appends durably. Calls from one thread for one author are appended in call order; authors take turns. The stage
     * completes after the commit and after
     * {@link Listener#committed}, on the log's writer thread. Once an edit or a deletion is committed, only
     * {@link #revisions} returns the content that it replaced.
     */
    CompletionStage<Appended> append(RoomName room, Draft draft);

    /**
     * Up to {@code limit} messages with positions greater than {@code position}, ascending. A byte limit may also
     * apply.
     */
    CompletionStage<List<Message>> after(RoomName room, long position, int limit);

    /**
     * The {@code limit} newest messages with positions less than {@code position}, ascending. A byte limit may also
     * apply.
     */
    CompletionStage<List<Message>> before(RoomName room, long position, int limit);

    /** Finds a message by its id. */
    CompletionStage<Optional<Message>> find(RoomName room, UUID id);

    /**
     * The contents of a message that edits and a deletion replaced, oldest first; empty if the log does not retain
     * revisions or has already removed them.
     */
    default CompletionStage<List<Revision>> revisions(RoomName room, UUID id) {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * Replaces the messages of an author in a room by {@linkplain Message#erased() erased} ones at the same positions,
     * and removes their revisions and idempotency keys. The stage completes once this is durable.
     */
    default CompletionStage<Void> erase(RoomName room, String author) {
        return CompletableFuture.failedFuture(
                new RefusedException(RefusedException.Reason.LOG_UNAVAILABLE, "This log cannot erase messages"));
    }

    /**
     * Calls {@link Listener#forgotten} on the writer thread, so that this node does not keep in memory what another
     * node has erased.
     */
    default void forget(String author) {}

    /**
     * A copy of what was removed of a message under a legal hold.
     *
     * @param number increases in the order in which the copies were made
     * @param message the message as it was, or a revision of it, without target and key
     * @param removed when it was removed
     */
    record Held(long number, Message message, Instant removed) {}

    /**
     * The copies of what was removed of messages under a legal hold, ascending; none if the log does not support holds.
     *
     * @param author only of this author; empty for all
     * @param room only of the room of this name; empty for all
     * @param after only copies with greater numbers
     */
    default CompletionStage<List<Held>> held(String author, String room, long after, int limit) {
        return CompletableFuture.completedFuture(List.of());
    }

    /** All rooms that have ever contained a message, ordered by name. */
    CompletionStage<List<RoomName>> rooms();

    /**
     * The space that the stored messages take.
     *
     * @param used the bytes that they occupy, as last measured, and those appended since
     * @param full whether new messages are refused for lack of space
     */
    record Space(long used, boolean full) {}

    /** The space that the stored messages take; nothing if the log does not limit it. */
    default Space space() {
        return new Space(0, false);
    }

    /**
     * How this node learns of what other nodes commit.
     *
     * @param signals whether it receives their signals; without, it polls more often
     * @param age the time since it last knew of everything that was committed
     */
    record Following(boolean signals, Duration age) {}

    /** How this node learns of what other nodes commit; empty if only one process uses the log. */
    default Optional<Following> following() {
        return Optional.empty();
    }

    /**
     * What this node has done with the outbox, to which applications write messages in their own transactions.
     *
     * @param delivered the messages moved to their rooms
     * @param refused the rows that cannot become messages
     * @param reachable whether an outbox in another database could be read the last time; empty if there is none
     */
    record Outbox(long delivered, long refused, Optional<Boolean> reachable) {}

    /** The outbox of the log. */
    default Outbox outbox() {
        return new Outbox(0, 0, Optional.empty());
    }

    /** The backbone between the nodes of the log; closed with it. */
    default Backbone backbone() {
        return Backbone.NONE;
    }

    /** The claims of names over all nodes of the log. */
    default Claims claims() {
        return Claims.NONE;
    }

    /** The approximate size in memory of the messages that wait to be written, in bytes. */
    default long pendingBytes() {
        return 0;
    }

    /** The store for room state; {@link RoomStateStore#NONE} if the log has none. Closed with the log. */
    default RoomStateStore stateStore() {
        return RoomStateStore.NONE;
    }

    /** Commits queued messages, rejects further calls and releases all resources. Blocks until done. */
    @Override
    void close();

    /**
     * The range of positions of one room in a log.
     *
     * @param epoch the log's epoch
     * @param first the lowest retained position; {@code last + 1} if no message is retained
     * @param last the highest assigned position; 0 if none was assigned
     */
    record Extent(String epoch, long first, long last) {
        public Extent {
            Objects.requireNonNull(epoch, "epoch");
            if (first < 1 || last < first - 1) {
                throw new IllegalArgumentException("Invalid extent: " + first + ".." + last);
            }
        }
    }
}
