package veche.log;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import veche.room.Position;
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
        STATE,
        /** Something that only a later version knows; ignored. */
        OTHER;

        private static final Map<String, Kind> NAMED =
                Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Kind::name, Function.identity()));

        /** The kind of this name, or {@link #OTHER}. */
        static Kind named(String name) {
            return NAMED.getOrDefault(name, OTHER);
        }
    }

    /** Positions in a room. */
    record Range(RoomName room, long first, long last) {
        boolean contains(Position position) {
            return first <= position.number() && position.number() <= last;
        }
    }

    FeedEntry {
        ranges = List.copyOf(ranges);
    }
}
