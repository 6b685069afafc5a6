package veche.dialect.wamp.codec;

/**
 * What a message may cost to read; its size is bounded before, by the WebSocket message's.
 *
 * @param depth how deep lists and dicts may be nested, counting the message itself
 * @param digits how many digits an integer may have; one of more is read in double precision
 * @param elements how many values and keys of dicts one WebSocket message may have, its lists and dicts included
 */
public record DecodingLimits(int depth, int digits, int elements) {
    /** 64 levels, 400 digits, 100,000 elements. */
    public static final DecodingLimits DEFAULT = new DecodingLimits(64, 400, 100_000);

    /** Above how many bits an integer has too many digits for certain. */
    int bits() {
        return (int) Math.ceil(digits * Math.log(10) / Math.log(2));
    }

    void enter(int level) {
        if (level > depth) {
            throw new DecodingException("Nested deeper than " + depth + " levels");
        }
    }
}
