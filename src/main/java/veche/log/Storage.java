package veche.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import veche.log.cluster.Wakeup;
import veche.log.outbox.OutboxRow;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog.Held;
import veche.room.Revision;
import veche.room.RoomName;

/**
 * Blocking storage of messages, called by one writer thread and {@link LogLimits.Reads#threads()} reader threads. The
 * read methods correspond to those of {@link veche.room.MessageLog}.
 */
interface Storage extends AutoCloseable {
    /**
     * The random id of the log, constant for the lifetime of the stored data unless it is {@link #renewEpoch renewed}.
     */
    String epoch();

    /**
     * Begins a write transaction on rooms. Until its end, no other transaction on any node writes to those that exist.
     *
     * @param rooms the rooms that are changed
     * @param written the subset of {@code rooms} to create if they are new; other new rooms have empty bounds
     */
    Transaction begin(SortedSet<RoomName> rooms, SortedSet<RoomName> written) throws StorageException;

    /**
     * Begins a new epoch, or that of the node that did so first, since positions of the present one will be assigned
     * again: {@link Feed#isRestored}. The feed is then another one.
     */
    default void renewEpoch() throws StorageException {
        throw new StorageException(new UnsupportedOperationException("This storage is not restored"), false);
    }

    /** What all nodes have committed; {@link Feed#NONE} if only one process uses the storage. */
    default Feed feed() {
        return Feed.NONE;
    }

    /**
     * The first messages that applications have written to the outbox, in the order of their commits.
     *
     * @param bytes of content after which no further message is read
     */
    default List<OutboxRow> outbox(int limit, long bytes) throws StorageException {
        return List.of();
    }

    /** Marks a row of the outbox that cannot become a message. */
    default void refuse(OutboxRow row, String reason) throws StorageException {
        throw new StorageException(new UnsupportedOperationException("This storage has no outbox"), false);
    }

    /** Informs this node of new entries of the feed, and the others of those of this node. */
    default Wakeup wakeup() {
        return Wakeup.NONE;
    }

    List<Message> after(RoomName room, long position, int limit) throws StorageException;

    List<Message> before(RoomName room, long position, int limit) throws StorageException;

    Optional<Message> find(RoomName room, UUID id) throws StorageException;

    List<Revision> revisions(RoomName room, UUID id) throws StorageException;

    List<RoomName> rooms() throws StorageException;

    /**
     * Up to {@code limit} of the selected rooms with more than {@code messages} messages or with messages before
     * {@code cutoff}.
     */
    List<RoomName> overdue(RoomSelection selection, long messages, long cutoff, int limit) throws StorageException;

    List<Held> held(String author, String room, long after, int limit) throws StorageException;

    /**
     * The space that the messages take.
     *
     * @param used bytes that they occupy
     * @param free free bytes on the disk, {@code Long.MAX_VALUE} if unknown
     */
    record Usage(long used, long free) {}

    /**
     * Measures the space that the messages take.
     *
     * @param max the use of interest in bytes, 0 for any: below it, an upper bound that is found at less cost suffices
     */
    Usage usage(long max) throws StorageException;

    /** The storage of room state; closed with this storage. */
    StateStorage stateStore();

    @Override
    void close();

    /** An atomic change. */
    interface Transaction extends AutoCloseable {
        /** The bounds of the changed rooms when the transaction began. */
        Map<RoomName, RoomBounds> bounds();

        /** The present bounds of other rooms, which are not locked; of a room that does not exist, the empty ones. */
        Map<RoomName, RoomBounds> bounds(Collection<RoomName> others) throws StorageException;

        /** As {@link Storage#after}, for one of the transaction's rooms. */
        List<Message> after(RoomName room, long position, int limit) throws StorageException;

        /**
         * Finds the first message of each key.
         *
         * @param drafts the content of messages that retention has deleted, by key
         * @param since keys recorded before this time, in milliseconds since 1970, are ignored
         */
        Map<IdempotencyKey, Message> known(Map<IdempotencyKey, Draft> drafts, long since) throws StorageException;

        /** The subset of messages, each in its room, that are deleted. */
        Set<UUID> deleted(Map<UUID, RoomName> messages) throws StorageException;

        /**
         * Adds messages and their keys. Their positions must continue those of their rooms. Replaced content of edited
         * and deleted messages is moved to a {@link Revision}.
         */
        void add(List<Message> messages) throws StorageException;

        /** Erases an author's messages in one of the transaction's rooms, their revisions and keys. */
        void erase(RoomName room, String author) throws StorageException;

        /** The highest position from {@code from} to {@code to} with a message older than {@code cutoff}, or 0. */
        long newestBefore(RoomName room, long from, long to, long cutoff) throws StorageException;

        /** Deletes the messages before position {@code first}. */
        void trim(RoomName room, long first) throws StorageException;

        /** Deletes up to {@code limit} keys recorded before a time; returns their number. */
        int forget(long before, int limit) throws StorageException;

        /**
         * Deletes up to {@code limit} entries of the feed that are older by the clock of the database; returns their
         * number.
         *
         * @param ageMillis in milliseconds
         */
        default int forgetFeed(long ageMillis, int limit) throws StorageException {
            return 0;
        }

        /** The subset of rows of the outbox that still wait. */
        default Set<Long> waiting(Collection<Long> rows) throws StorageException {
            return Set.of();
        }

        /** Removes rows of the outbox. */
        default void removeFromOutbox(Collection<Long> rows) throws StorageException {}

        /** Marks a row of the outbox that cannot become a message. */
        default void refuse(OutboxRow row, String reason) throws StorageException {}

        /** Deletes the copies of messages whose legal hold has ended. */
        void forgetHeld() throws StorageException;

        /**
         * Deletes revisions replaced before a time, except those under a legal hold; a result of {@code limit} means
         * that there may be more.
         */
        int forgetRevisions(long before, int limit) throws StorageException;

        /**
         * Commits durably. If this throws, the commit may nevertheless have taken effect.
         *
         * @param seen the number of the entry up to which this node has read the feed: the commit fails, without
         *     effect, if the database was restored to a state from before it
         */
        void commit(long seen) throws StorageException;

        /** Rolls back unless committed. */
        @Override
        void close();
    }
}
