package veche.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import veche.room.Message;
import veche.room.RoomName;

/** The feed of a storage in memory that several logs of one test share. */
final class MemoryFeed implements Feed {
    private final Storage storage;
    private final List<FeedEntry> entries = new CopyOnWriteArrayList<>();

    MemoryFeed(Storage storage) {
        this.storage = storage;
    }

    /** Removes all entries, as restoring an earlier state does. */
    void restore() {
        entries.clear();
    }

    void add(FeedEntry.Kind kind, List<FeedEntry.Range> ranges) {
        entries.add(new FeedEntry(entries.size() + 1, kind, ranges, 1));
    }

    /** As the feed of a database: only what was seen before reveals that it was restored. */
    @Override
    public boolean isRestored(long seen) {
        return seen > entries.size();
    }

    @Override
    public long end() {
        return entries.size();
    }

    @Override
    public Page after(long number, int limit) {
        return new Page(
                entries.stream()
                        .filter(entry -> entry.number() > number)
                        .limit(limit)
                        .toList(),
                false);
    }

    @Override
    public Map<RoomName, List<Message>> messages(Collection<FeedEntry.Range> ranges) throws StorageException {
        Map<RoomName, List<Message>> found = new HashMap<>();
        for (FeedEntry.Range range : ranges) {
            List<Message> messages = new ArrayList<>(after(range.room(), range.first() - 1, Integer.MAX_VALUE));
            messages.removeIf(message -> message.position().number() > range.last());
            found.computeIfAbsent(range.room(), unseen -> new ArrayList<>()).addAll(messages);
        }
        return found;
    }

    @Override
    public Map<RoomName, RoomBounds> bounds(Collection<RoomName> rooms) throws StorageException {
        SortedSet<RoomName> sorted = new TreeSet<>(rooms);
        try (Storage.Transaction transaction = storage.begin(new TreeSet<>(), new TreeSet<>())) {
            return transaction.bounds(sorted);
        }
    }

    @Override
    public List<Message> after(RoomName room, long position, int limit) throws StorageException {
        return storage.after(room, position, limit);
    }
}
