package veche.room;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The bans and mutes known to hold. Immutable; asked for every message. */
final class Sanctions {
    static final Sanctions NONE = new Sanctions(List.of());

    private final Map<String, List<ModerationAction>> byAuthor;

    Sanctions(List<ModerationAction> actions) {
        this.byAuthor = actions.stream().collect(Collectors.groupingBy(ModerationAction::author));
    }

    /** One that holds now in that room, or, with a null room, everywhere; null where there is none. */
    ModerationAction find(String author, ModerationAction.Type type, RoomName room, Clock clock) {
        return all(author, type, clock).stream()
                .filter(action -> action.covers(room))
                .findFirst()
                .orElse(null);
    }

    /** Those of an author that hold now, wherever. */
    List<ModerationAction> all(String author, ModerationAction.Type type, Clock clock) {
        List<ModerationAction> concerned = byAuthor.get(author);
        if (concerned == null) {
            return List.of();
        }
        return concerned.stream()
                .filter(action -> action.type() == type && action.holds(clock.instant()))
                .toList();
    }
}
