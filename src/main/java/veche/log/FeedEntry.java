package veche.log;

import java.util.List;
import veche.room.RoomName;

/**
 * A commit of a node, as reported to all nodes.
 *
 * @param number its place in the order of commits; numbers may be missing between two entries
 * @param ranges the rooms that changed, in any order; empty for {@link Kind#STATE}
 * @param weight the approximate size of the added messages, in bytes
 */
record FeedEntry(long number, Kind kind, List<Range> ranges, long weight) {
    /** What was committed. */
    enum Kind {
        /** Messages at the positions of the ranges. */
        MESSAGES,
        /** Messages before the first positions of the ranges were deleted. */
        TRIM,
        /** The state of rooms or users: moderation actions or revocations. */
        STATE
    }

    /** Positions in a room. */
    record Range(RoomName room, long first, long last) {}

    FeedEntry {
        ranges = List.copyOf(ranges);
    }
}
