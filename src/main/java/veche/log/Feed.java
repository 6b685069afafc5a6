package veche.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import veche.room.Message;
import veche.room.RoomName;

/** Reads what all nodes of a log have committed. Blocking; takes no locks. */
interface Feed {
    /** The feed of a log that only one process uses. */
    Feed NONE = new Feed() {
        @Override
        public boolean isRestored(long seen) {
            return false;
        }

        @Override
        public long end() {
            return 0;
        }

        @Override
        public Page after(long number, int limit) {
            return new Page(List.of(), false);
        }

        @Override
        public Map<RoomName, List<Message>> messages(Collection<FeedEntry.Range> ranges) {
            return Map.of();
        }

        @Override
        public Map<RoomName, RoomBounds> bounds(Collection<RoomName> rooms) {
            return Map.of();
        }

        @Override
        public List<Message> after(RoomName room, long position, int limit) {
            return List.of();
        }
    };

    /**
     * Whether the database was restored to a state from before the entry of this number, or another node has found that
     * it was: its epoch is then another one than that of the log.
     */
    boolean isRestored(long seen) throws StorageException;

    /** The number of the newest entry; 0 if there is none. */
    long end() throws StorageException;

    /** Up to {@code limit} entries with greater numbers. */
    Page after(long number, int limit) throws StorageException;

    /**
     * Entries, ascending by number.
     *
     * @param restored whether another node has found that the database was restored, as in {@link #isRestored}
     */
    record Page(List<FeedEntry> entries, boolean restored) {}

    /** The messages of the ranges, which do not overlap, that are still stored, in any order in each room. */
    Map<RoomName, List<Message>> messages(Collection<FeedEntry.Range> ranges) throws StorageException;

    /** The bounds of those rooms that exist. */
    Map<RoomName, RoomBounds> bounds(Collection<RoomName> rooms) throws StorageException;

    /** As {@link Storage#after}. */
    List<Message> after(RoomName room, long position, int limit) throws StorageException;
}
