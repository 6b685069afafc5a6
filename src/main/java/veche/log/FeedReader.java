package veche.log;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import veche.room.Message;
import veche.room.RoomName;

/**
 * Delivers what other nodes have committed, in the order of the commits, so that the messages of one author in several
 * rooms keep their order on every node. Entries of this node, which were delivered after their commit, have no effect.
 * Confined to the writer thread.
 */
final class FeedReader {
    private static final int PAGE_SIZE = 1_000;
    /** The content that is read at once, in bytes; a single entry may exceed it. */
    private static final long MAX_BYTES = 4 << 20;

    private final Feed feed;
    private final DeliveryState state;
    private final long memoryNanos;
    private boolean started;
    private long seen;
    private long readAt;

    /** @param memory how long entries are kept */
    FeedReader(Feed feed, DeliveryState state, Duration memory) {
        this.feed = feed;
        this.state = state;
        this.memoryNanos = memory.toNanos();
    }

    /**
     * Delivers everything that was committed before this call.
     *
     * @return false if the database was restored to an earlier state; nothing was delivered then
     */
    boolean read() throws StorageException {
        long now = System.nanoTime();
        if (!started) {
            startAtEnd();
        } else if (now - readAt > memoryNanos / 2) {
            if (feed.isRestored(seen)) {
                return false;
            }
            startAtEnd();
            state.changed();
        }
        List<FeedEntry> entries;
        do {
            entries = feed.after(seen, PAGE_SIZE);
            deliverInParts(entries);
        } while (entries.size() == PAGE_SIZE);
        readAt = now;
        return !entries.isEmpty() || !feed.isRestored(seen);
    }

    /** After a pause, entries may have been deleted unseen: the rooms are then compared with their bounds. */
    private void startAtEnd() throws StorageException {
        long end = feed.end();
        state.catchUp(feed.bounds(state.rooms()), feed::after);
        seen = end;
        started = true;
    }

    private void deliverInParts(List<FeedEntry> entries) throws StorageException {
        List<FeedEntry> part = new ArrayList<>();
        long bytes = 0;
        for (FeedEntry entry : entries) {
            if (bytes > 0 && bytes + entry.weight() > MAX_BYTES) {
                deliver(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(entry);
            bytes += entry.weight();
        }
        deliver(part);
    }

    private void deliver(List<FeedEntry> entries) throws StorageException {
        Map<RoomName, Queue<Message>> missed = new HashMap<>();
        feed.messages(missing(entries)).forEach((room, messages) -> missed.put(room, new ArrayDeque<>(messages)));
        for (FeedEntry entry : entries) {
            switch (entry.kind()) {
                case MESSAGES -> deliver(entry, missed);
                case TRIM -> entry.ranges().forEach(range -> state.trimmedElsewhere(range.room(), range.first()));
                case STATE -> state.changed();
                case OTHER -> {}
            }
            seen = entry.number();
        }
    }

    /** For each room that this node follows, the range of positions that have not been delivered. */
    private List<FeedEntry.Range> missing(List<FeedEntry> entries) {
        Map<RoomName, FeedEntry.Range> missing = new LinkedHashMap<>();
        for (FeedEntry entry : entries) {
            for (FeedEntry.Range range : entry.ranges()) {
                RoomBounds known = state.known(range.room());
                if (entry.kind() == FeedEntry.Kind.MESSAGES && known != null && range.last() > known.last()) {
                    missing.merge(
                            range.room(),
                            new FeedEntry.Range(range.room(), known.last() + 1, range.last()),
                            (earlier, later) -> new FeedEntry.Range(later.room(), earlier.first(), later.last()));
                }
            }
        }
        return List.copyOf(missing.values());
    }

    private void deliver(FeedEntry entry, Map<RoomName, Queue<Message>> missed) {
        List<Message> added = new ArrayList<>();
        for (FeedEntry.Range range : entry.ranges()) {
            if (state.known(range.room()) == null) {
                state.grewUnopened(range.room(), range.first() - 1);
            } else {
                List<Message> found = upTo(range, missed.getOrDefault(range.room(), new ArrayDeque<>()));
                if (!found.isEmpty()) {
                    state.skipTo(range.room(), found.get(0).position().number() - 1);
                }
                added.addAll(found);
            }
        }
        // Ids ascend in the order in which the node appended the messages, also of several rooms.
        added.sort(Comparator.comparing(Message::id));
        state.deliver(added);
        entry.ranges().forEach(range -> state.skipTo(range.room(), range.last()));
    }

    private static List<Message> upTo(FeedEntry.Range range, Queue<Message> missed) {
        List<Message> found = new ArrayList<>();
        for (Message next = missed.peek(); next != null && next.position().number() <= range.last(); ) {
            found.add(missed.remove());
            next = missed.peek();
        }
        return found;
    }
}
