package veche.room;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The log of all rooms: the port that {@code veche.log} implements. Thread-safe; no method blocks the caller. A stage
 * fails with a {@link RefusedException}: {@code BUSY} where too much waits, {@code LOG_UNAVAILABLE} where the storage cannot,
 * {@code STOPPING} after {@link #close()}.
 */
public interface MessageLog extends AutoCloseable {
    /**
     * One outcome of {@link #append}.
     *
     * @param message what the log holds
     * @param draft what was asked for
     * @param repeated the author's key was known from the last 24 h: {@code message} is the first one, nothing was added
     */
    record Appended(Message message, Draft draft, boolean repeated) {}

    /** Hears of the log's growth, on the log's own writer thread; must be quick and must not throw. */
    interface Listener {
        /** These were committed, in the order of commit; positions of a room come without a hole and without repeats. */
        void committed(List<Appended> batch);

        /** Retention took what lies before {@code first}. */
        void trimmed(RoomName room, long first);
    }

    /** Sets the one listener; called once, before anything else. */
    void listen(Listener listener);

    /**
     * The extent of a room, which is empty where the room is new. Ordered with {@link #append}: what was appended after this
     * call lies beyond the extent's last position, and is heard by the listener after this stage completes.
     */
    CompletionStage<Extent> open(RoomName room);

    /**
     * The listener needs a room no longer that it has opened. To be called once for each successful {@link #open}; what
     * other nodes append to a room that is not open may not be reported.
     */
    default void release(RoomName room) {}

    /**
     * Appends durably. The order of calls from one thread is the order in the log. The stage completes after the commit
     * and after {@link Listener#committed}, on the log's writer thread. From the commit of an edit or a deletion on, no
     * read returns the content that it replaced, but for {@link #revisions}.
     */
    CompletionStage<Appended> append(RoomName room, Draft draft);

    /** Up to {@code limit} messages with positions greater than {@code position}, ascending. May be bounded by bytes too. */
    CompletionStage<List<Message>> after(RoomName room, long position, int limit);

    /** The {@code limit} newest messages with positions less than {@code position}, ascending. May be bounded by bytes too. */
    CompletionStage<List<Message>> before(RoomName room, long position, int limit);

    /** One message by its id. */
    CompletionStage<Optional<Message>> find(RoomName room, UUID id);

    /**
     * What edits and a deletion have replaced of a message, oldest first; none where the log keeps no such thing, or no
     * longer.
     */
    default CompletionStage<List<Revision>> revisions(RoomName room, UUID id) {
        return CompletableFuture.completedFuture(List.of());
    }

    /** All rooms that have ever had a message, by name. */
    CompletionStage<List<RoomName>> rooms();

    /** What is kept beside the messages; {@link RoomStateStore#NONE} where that is nothing. Closed with the log. */
    default RoomStateStore stateStore() {
        return RoomStateStore.NONE;
    }

    /** Commits what waits, refuses what comes after, frees everything. Blocks until done. */
    @Override
    void close();
}
