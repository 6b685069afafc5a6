package veche.dialect.wamp.codec;

/**
 * Counts the elements of one WebSocket message. An empty list costs one octet on the wire and dozens in memory, so a
 * limit on bytes does not limit memory. Confined to one thread.
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
     * Counts one more value or dict key.
     *
     * @throws DecodingException if the limit is exceeded
     */
    void add() {
        if (++count > max) {
            throw new DecodingException("A message has more than " + max + " elements");
        }
    }

    /** Begins a message; within a batch, the count continues. */
    void begin() {
        portable = true;
        wellFormed = true;
    }

    /** Records a value that not every serialization can represent. */
    void addSpecial() {
        portable = false;
    }

    /** Records a malformed string, which was decoded leniently and must not be forwarded in its encoding. */
    void addMalformed() {
        wellFormed = false;
    }

    /** Whether all strings since {@link #begin} were well-formed. */
    boolean isWellFormed() {
        return wellFormed;
    }

    /** Whether every serialization can represent all values read since {@link #begin}. */
    boolean isPortable() {
        return portable;
    }
}
