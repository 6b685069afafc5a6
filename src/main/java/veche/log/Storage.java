package veche.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import veche.room.Draft;
import veche.room.Message;
import veche.room.Revision;
import veche.room.RoomName;

/**
 * What keeps the messages. Blocks its callers: one thread writes, {@link LogLimits.Reads#threads()} read. The reads are
 * those of {@link veche.room.MessageLog}.
 */
interface Storage extends AutoCloseable {
    /** The log's random id, the same for as long as the storage lives. */
    String epoch();

    /**
     * Begins to write to some rooms. Nobody else, on no node, writes to those that exist until the transaction's end.
     *
     * @param written those of them that are created where they are new; others are empty then
     */
    Transaction begin(SortedSet<RoomName> rooms, SortedSet<RoomName> written) throws StorageException;

    List<Message> after(RoomName room, long position, int limit) throws StorageException;

    List<Message> before(RoomName room, long position, int limit) throws StorageException;

    Optional<Message> find(RoomName room, UUID id) throws StorageException;

    List<Revision> revisions(RoomName room, UUID id) throws StorageException;

    List<RoomName> rooms() throws StorageException;

    /** Up to {@code limit} rooms that hold more messages than that, or older ones than {@code cutoff}. */
    List<RoomName> overdue(long messages, long cutoff, int limit) throws StorageException;

    /** What keeps the ledger; gone with this. */
    StateStorage stateStore();

    @Override
    void close();

    /** A change that is made wholly or not at all. */
    interface Transaction extends AutoCloseable {
        /** Where the rooms stood when it began. */
        Map<RoomName, RoomBounds> bounds();

        /** As {@link Storage#after}, for one of the transaction's rooms. */
        List<Message> after(RoomName room, long position, int limit) throws StorageException;

        /**
         * The first messages with these keys.
         *
         * @param drafts stand in for the content of messages that retention took
         * @param since keys given before then, in milliseconds since 1970, are forgotten
         */
        Map<IdempotencyKey, Message> known(Map<IdempotencyKey, Draft> drafts, long since) throws StorageException;

        /** Which of these messages, each in its room, are deleted. */
        Set<UUID> deleted(Map<UUID, RoomName> messages) throws StorageException;

        /**
         * Adds messages, which continue their rooms' positions, with their keys. What they edit or delete keeps its present
         * content only; what was replaced becomes a {@link Revision}.
         */
        void add(List<Message> messages) throws StorageException;

        /** The highest position from {@code from} to {@code to} that is older than {@code cutoff}; 0 where none is. */
        long newestBefore(RoomName room, long from, long to, long cutoff) throws StorageException;

        /** Removes what lies before {@code first}. */
        void trim(RoomName room, long first) throws StorageException;

        /** Forgets some keys given before that time; returns how many. */
        int forget(long before, int limit) throws StorageException;

        /** Removes some revisions replaced before that time; returns how many. */
        int forgetRevisions(long before, int limit) throws StorageException;

        /** Makes it last. Where this fails, it may have lasted all the same. */
        void commit() throws StorageException;

        /** Undoes what was not committed. */
        @Override
        void close();
    }
}
