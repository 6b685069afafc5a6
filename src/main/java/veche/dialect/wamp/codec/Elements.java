package veche.dialect.wamp.codec;

/**
 * Counts what one WebSocket message holds: an empty list costs one octet on the wire and dozens in memory, so that a
 * limit on bytes is no limit on memory. Used by one thread.
 */
final class Elements {
    private final int max;
    private int count;
    private boolean portable = true;
    private boolean wellFormed = true;

    Elements(DecodingLimits limits) {
        this.max = limits.elements();
    }

    /**
     * One more value, or one more key of a dict.
     *
     * @throws DecodingException where there are more than the limit
     */
    void add() {
        if (++count > max) {
            throw new DecodingException("A message has more than " + max + " elements");
        }
    }

    /** A further message begins: the count goes on. */
    void begin() {
        portable = true;
        wellFormed = true;
    }

    /** A value that not every serialization can represent. */
    void addSpecial() {
        portable = false;
    }

    /** A string that was decoded by guess, so that it must not be forwarded as it is. */
    void addMalformed() {
        wellFormed = false;
    }

    /** Whether all strings since {@link #begin} were what they should be. */
    boolean isWellFormed() {
        return wellFormed;
    }

    /** Whether every serialization can represent what was read since {@link #begin}. */
    boolean isPortable() {
        return portable;
    }
}
