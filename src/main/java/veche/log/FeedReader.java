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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import veche.room.Message;
import veche.room.RoomName;

/**
 * Delivers what all nodes have committed, in the order of the commits, so that the messages of one author in several
 * rooms keep their order on every node. Confined to the writer thread.
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

    /** The number of the entry up to which everything has been delivered. */
    long seen() {
        return seen;
    }

    /** As {@link #read(List)}, when this node has committed nothing that is not delivered. */
    boolean read() throws StorageException {
        return read(List.of());
    }

    /**
     * Delivers everything that was committed before this call.
     *
     * @param own messages that this node has just committed, which need not be read, ascending in each room
     * @return false if the database was restored to an earlier state; nothing was delivered then
     */
    boolean read(List<Message> own) throws StorageException {
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
        Map<RoomName, List<Message>> present = own.stream().collect(Collectors.groupingBy(Message::room));
        Feed.Page page;
        do {
            page = feed.after(seen, PAGE_SIZE);
            if (page.restored()) {
                return false;
            }
            deliverInParts(page.entries(), present);
        } while (page.entries().size() == PAGE_SIZE);
        readAt = now;
        return !page.entries().isEmpty() || !feed.isRestored(seen);
    }

    /** After a pause, entries may have been deleted unseen: the rooms are then compared with their bounds. */
    private void startAtEnd() throws StorageException {
        long end = feed.end();
        state.catchUp(feed.bounds(state.rooms()), feed::after);
        seen = end;
        started = true;
    }

    private void deliverInParts(List<FeedEntry> entries, Map<RoomName, List<Message>> own) throws StorageException {
        List<FeedEntry> part = new ArrayList<>();
        long bytes = 0;
        for (FeedEntry entry : entries) {
            if (bytes > 0 && bytes + entry.weight() > MAX_BYTES) {
                deliver(part, own);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(entry);
            bytes += entry.weight();
        }
        deliver(part, own);
    }

    private void deliver(List<FeedEntry> entries, Map<RoomName, List<Message>> own) throws StorageException {
        Map<RoomName, Queue<Message>> missed = missed(missing(entries), own);
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

    /** The messages of the ranges, ascending. */
    private Map<RoomName, Queue<Message>> missed(List<FeedEntry.Range> ranges, Map<RoomName, List<Message>> own)
            throws StorageException {
        Map<RoomName, List<Message>> found = feed.messages(ranges.stream()
                .flatMap(range -> without(own.getOrDefault(range.room(), List.of()), range))
                .toList());
        Map<RoomName, Queue<Message>> missed = new HashMap<>();
        for (FeedEntry.Range range : ranges) {
            missed.put(
                    range.room(),
                    Stream.concat(
                                    found.getOrDefault(range.room(), List.of()).stream(),
                                    own.getOrDefault(range.room(), List.of()).stream()
                                            .filter(message -> range.contains(message.position())))
                            .sorted(Comparator.comparing(
                                    message -> message.position().number()))
                            .collect(Collectors.toCollection(ArrayDeque::new)));
        }
        return missed;
    }

    /** The parts of a range before and after messages without gaps. */
    private static Stream<FeedEntry.Range> without(List<Message> messages, FeedEntry.Range range) {
        if (messages.isEmpty()) {
            return Stream.of(range);
        }
        long first = messages.get(0).position().number();
        long last = messages.get(messages.size() - 1).position().number();
        return Stream.of(
                        new FeedEntry.Range(range.room(), range.first(), Math.min(range.last(), first - 1)),
                        new FeedEntry.Range(range.room(), Math.max(range.first(), last + 1), range.last()))
                .filter(part -> part.first() <= part.last());
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
