package veche.room;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The bans and mutes known to hold. Immutable; asked for every message. */
final class Sanctions {
    static final Sanctions NONE = new Sanctions(List.of());

    private final Map<String, List<Ruling>> byAuthor;

    Sanctions(List<Ruling> rulings) {
        this.byAuthor = rulings.stream().collect(Collectors.groupingBy(Ruling::author));
    }

    /** One that holds now in that room, or, with a null room, everywhere; null where there is none. */
    Ruling find(String author, Ruling.Action action, RoomName room, Clock clock) {
        return all(author, action, clock).stream()
                .filter(ruling -> ruling.covers(room))
                .findFirst()
                .orElse(null);
    }

    /** Those of an author that hold now, wherever. */
    List<Ruling> all(String author, Ruling.Action action, Clock clock) {
        List<Ruling> concerned = byAuthor.get(author);
        if (concerned == null) {
            return List.of();
        }
        return concerned.stream()
                .filter(ruling -> ruling.action() == action && ruling.holds(clock.instant()))
                .toList();
    }
}
