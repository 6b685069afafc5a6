package veche.dialect.wamp.v1;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Session ids: numbers in the router, strings in v1. */
final class V1SessionIds {
    private static final int RADIX = Character.MAX_RADIX;

    private V1SessionIds() {}

    static String name(long id) {
        return Long.toString(id, RADIX);
    }

    /** The ids of those names; what names no session is left out. */
    static Set<Long> ids(List<?> names) {
        Set<Long> ids = new HashSet<>();
        for (Object name : names) {
            try {
                ids.add(Long.parseLong(String.valueOf(name), RADIX));
            } catch (NumberFormatException nobody) {
                // The reference ignores unknown sessions, and this is none of ours.
                continue;
            }
        }
        return ids;
    }
}
