package veche.log;

/**
 * Where a room stands.
 *
 * @param first the lowest position still kept; {@code last + 1} where none is
 * @param last the highest position given out
 * @param lastAt the time of the message there, in milliseconds since 1970
 */
record Bounds(long first, long last, long lastAt) {
    static final Bounds EMPTY = new Bounds(1, 0, 0);

    Bounds append(long at) {
        return new Bounds(first, last + 1, at);
    }

    Bounds trim(long position) {
        return new Bounds(position, last, lastAt);
    }

    long count() {
        return last - first + 1;
    }
}
