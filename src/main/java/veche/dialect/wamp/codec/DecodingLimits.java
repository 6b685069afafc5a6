package veche.dialect.wamp.codec;

/**
 * Limits on the cost of decoding. The size of the WebSocket message is limited separately, before decoding.
 *
 * @param depth the maximum nesting depth of lists and dicts, counting the message itself
 * @param digits the maximum number of digits of an integer; a longer one is read in double precision
 * @param elements the maximum number of values and dict keys in one WebSocket message, including its lists and dicts
 */
public record DecodingLimits(int depth, int digits, int elements) {
    /** 64 levels, 400 digits, 100,000 elements. */
    public static final DecodingLimits DEFAULT = new DecodingLimits(64, 400, 100_000);

    /** The number of bits above which an integer is certain to have too many digits. */
    int bits() {
        return (int) Math.ceil(digits * Math.log(10) / Math.log(2));
    }

    void enter(int level) {
        if (level > depth) {
            throw new DecodingException("Nested deeper than " + depth + " levels");
        }
    }
}
