package veche.dialect.wamp.message;

import java.util.concurrent.ThreadLocalRandom;

/** WAMP ids: integers from 1 to 2^53 (basic profile, "IDs"). */
public final class Ids {
    /** 2^53, the greatest. */
    public static final long MAX = 1L << 53;

    private Ids() {}

    /** One of the global scope: uniform over the whole range. */
    public static long random() {
        return ThreadLocalRandom.current().nextLong(1, MAX + 1);
    }

    /** The id that follows in session scope; 1 after the greatest. */
    public static long after(long id) {
        return id >= MAX ? 1 : id + 1;
    }

    static boolean valid(long id) {
        return id >= 1 && id <= MAX;
    }

    /** A whole number as such: JavaScript's libraries write those beyond 32 bits as floating-point numbers. */
    public static Object whole(Object value) {
        boolean whole = value instanceof Double real && Math.rint(real) == real && Math.abs(real) <= MAX;
        return whole ? (Object) ((Double) value).longValue() : value;
    }
}
