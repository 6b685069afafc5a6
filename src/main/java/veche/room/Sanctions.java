package veche.room;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bans and mutes that have not been lifted, indexed by author. Immutable; queried for every message. */
final class Sanctions {
    static final Sanctions NONE = new Sanctions(List.of());

    private final Map<String, List<ModerationAction>> byAuthor;

    Sanctions(List<ModerationAction> actions) {
        this.byAuthor = actions.stream().collect(Collectors.groupingBy(ModerationAction::author));
    }

    /** An active sanction that covers the room, or, if the room is null, all rooms. */
    Optional<ModerationAction> find(String author, ModerationAction.Type type, @Nullable RoomName room, Clock clock) {
        return all(author, type, clock).stream()
                .filter(action -> action.covers(room))
                .findFirst();
    }

    /** The active sanctions of an author, for single rooms and for all rooms. */
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
