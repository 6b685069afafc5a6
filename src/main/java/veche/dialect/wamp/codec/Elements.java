package veche.dialect.wamp.codec;

/**
 * Counts what one WebSocket message holds: an empty list costs one octet on the wire and dozens in memory, so that a
 * limit on bytes is no limit on memory. Used by one thread.
 */
final class Elements {
    private final int max;
    private int count;

    Elements(Limits limits) {
        this.max = limits.elements();
    }

    /**
     * One more value, or one more key of a dict.
     *
     * @throws Undecodable where there are more than the limit
     */
    void add() {
        if (++count > max) {
            throw new Undecodable("A message has more than " + max + " elements");
        }
    }
}
