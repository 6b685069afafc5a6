package veche.dialect.wamp.v1;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Converts session IDs, which are numbers in the router and strings in v1. */
final class V1SessionIds {
    private static final int RADIX = Character.MAX_RADIX;

    private V1SessionIds() {}

    static String name(long id) {
        return Long.toString(id, RADIX);
    }

    /** Parses session IDs; malformed ones are omitted. */
    static Set<Long> ids(List<?> names) {
        Set<Long> ids = new HashSet<>();
        for (Object name : names) {
            try {
                ids.add(Long.parseLong(String.valueOf(name), RADIX));
            } catch (NumberFormatException malformed) {
                // The reference implementation ignores unknown sessions, and this router never issued such an ID.
            }
        }
        return ids;
    }
}
