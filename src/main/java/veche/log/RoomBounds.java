package veche.log;

/**
 * The range of positions of a room.
 *
 * @param first the lowest position that is still stored; {@code last + 1} if none is
 * @param last the highest position assigned; 0 if none was
 * @param lastAt the time of the message at {@code last}, in milliseconds since 1970
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
