package veche.dialect.wamp.message;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** WAMP ids: integers from 1 to 2^53 (basic profile, "IDs"). */
public final class Ids {
    /** The greatest id, 2^53. */
    public static final long MAX = 1L << 53;

    private Ids() {}

    /** A random id of the global scope, uniformly distributed over the whole range. */
    public static long random() {
        return ThreadLocalRandom.current().nextLong(1, MAX + 1);
    }

    /** The next id in session scope; 1 after the greatest. */
    public static long after(long id) {
        return id >= MAX ? 1 : id + 1;
    }

    static boolean valid(long id) {
        return id >= 1 && id <= MAX;
    }

    /**
     * Converts an integral floating-point number to an integer and returns any other value unchanged: JavaScript
     * libraries write integers beyond 32 bits as floating-point numbers.
     */
    public static @Nullable Object whole(@Nullable Object value) {
        if (value instanceof Double real && Math.rint(real) == real && Math.abs(real) <= MAX) {
            return real.longValue();
        }
        return value;
    }
}
