package veche.log;

/**
 * Where a room stands.
 *
 * @param first the lowest position still kept; {@code last + 1} where none is
 * @param last the highest position given out
 * @param lastAt the time of the message there, in milliseconds since 1970
 */
record RoomBounds(long first, long last, long lastAt) {
    static final RoomBounds EMPTY = new RoomBounds(1, 0, 0);

    RoomBounds append(long at) {
        return new RoomBounds(first, last + 1, at);
    }

    RoomBounds trim(long position) {
        return new RoomBounds(position, last, lastAt);
    }

    long count() {
        return last - first + 1;
    }
}
