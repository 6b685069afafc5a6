package veche.log;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import veche.room.RoomName;

/**
 * The rooms whose names match a pattern and none of others. In a pattern, {@code *} stands for any characters, also for
 * none.
 *
 * @param excluded the patterns of rooms that are not selected
 */
record RoomSelection(String pattern, List<String> excluded) {
    static final String ANY = "*";

    RoomSelection {
        excluded = List.copyOf(excluded);
    }

    boolean contains(RoomName room) {
        return matches(pattern, room) && excluded.stream().noneMatch(other -> matches(other, room));
    }

    static boolean matches(String pattern, RoomName room) {
        String expression =
                Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return room.value().matches(expression);
    }

    /** The SQL condition on the column {@code name}; takes {@link #parameters}. */
    String condition() {
        return "name LIKE ? ESCAPE '!'" + " AND name NOT LIKE ? ESCAPE '!'".repeat(excluded.size());
    }

    List<String> parameters() {
        return Stream.concat(Stream.of(pattern), excluded.stream())
                .map(one -> one.replace("_", "!_").replace('*', '%'))
                .toList();
    }
}
