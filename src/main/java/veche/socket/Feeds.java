package veche.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import veche.room.Room;

/** The rooms that connections of this node follow. Thread-safe. */
final class Feeds {
    private final Map<Room, Feed> feeds = new ConcurrentHashMap<>();
    private final int batchBytes;

    /** @param batchBytes about how many bytes of content are put into one run */
    Feeds(int batchBytes) {
        this.batchBytes = batchBytes;
    }

    /** The room's feed for one more carrier, until that {@link #leave leaves} it. */
    Feed enter(Room room) {
        return feeds.compute(room, (followed, present) -> {
            Feed feed = present == null ? new Feed(followed, batchBytes) : present;
            feed.workers++;
            return feed;
        });
    }

    /** One carrier follows the room no longer. */
    void leave(Room room) {
        feeds.computeIfPresent(room, (followed, feed) -> --feed.workers == 0 ? null : feed);
    }

    void grown(Room room) {
        Feed feed = feeds.get(room);
        if (feed != null) {
            feed.grown();
        }
    }

    /** How many tapes all rooms have. */
    int tapes() {
        return feeds.values().stream().mapToInt(Feed::tapes).sum();
    }

    /** How many rooms are followed. */
    int size() {
        return feeds.size();
    }
}
