package veche.identity;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import veche.room.RoomName;
import veche.room.access.Capabilities;
import veche.room.access.Grant;
import veche.room.access.NameRange;
import veche.room.access.Privilege;

/**
 * Parses the claim {@code caps} of a token: a list of objects with the members {@code rooms}, a list of room names or
 * prefixes followed by {@code *}, {@code may}, a list of privileges and of the groups {@code member},
 * {@code moderate} and {@code all}, and optionally {@code rank}, an integer. A claim of any other form makes the token
 * invalid, since ignoring a part could admit to more than its issuer intended.
 */
final class CapabilitiesClaim {
    private static final String ROOMS = "rooms";
    private static final String MAY = "may";
    private static final String RANK = "rank";

    private CapabilitiesClaim() {}

    /** @throws InvalidTokenException if the claim is malformed */
    static Capabilities parse(@Nullable Object claim) {
        try {
            List<Capabilities.Entry> entries = new ArrayList<>();
            for (Object entry : list(claim, "caps")) {
                entries.add(entry(entry));
            }
            return new Capabilities(entries);
        } catch (IllegalArgumentException e) {
            throw new InvalidTokenException("Invalid caps in the token: " + e.getMessage());
        }
    }

    private static Capabilities.Entry entry(@Nullable Object entry) {
        if (!(entry instanceof Map<?, ?> members)
                || !members.keySet().containsAll(Set.of(ROOMS, MAY))
                || !Set.of(ROOMS, MAY, RANK).containsAll(members.keySet())) {
            throw new IllegalArgumentException(
                    "each must have the members rooms and may, optionally rank, and no others");
        }
        List<NameRange> rooms = new ArrayList<>();
        for (Object room : list(members.get(ROOMS), ROOMS)) {
            rooms.add(range(string(room, ROOMS)));
        }
        Set<Privilege> privileges = EnumSet.noneOf(Privilege.class);
        for (Object privilege : list(members.get(MAY), MAY)) {
            privileges.addAll(Privilege.named(string(privilege, MAY)));
        }
        return new Capabilities.Entry(rooms, privileges, members.containsKey(RANK) ? rank(members.get(RANK)) : 0);
    }

    private static NameRange range(String pattern) {
        NameRange range = NameRange.of(pattern);
        if (!RoomName.isValid(range.text()) && !(range.prefix() && range.text().isEmpty())) {
            throw new IllegalArgumentException("'" + pattern + "' is not the name of a room");
        }
        return range;
    }

    private static int rank(@Nullable Object value) {
        if (value instanceof Long rank && rank >= 0 && rank <= Grant.MAX_RANK) {
            return rank.intValue();
        }
        throw new IllegalArgumentException("rank must be an integer from 0 to " + Grant.MAX_RANK);
    }

    private static List<?> list(@Nullable Object value, String name) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(name + " must be a list");
    }

    private static String string(@Nullable Object value, String name) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " must be a list of strings");
    }
}
