package veche.room;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sanctions that have not been lifted, indexed by author or room. Immutable; queried for every message. */
final class Sanctions {
    static final Sanctions NONE = new Sanctions(List.of());

    private final Map<String, List<ModerationAction>> byAuthor;
    private final Map<RoomName, ModerationAction> modes;
    private final List<ModerationAction> ofAddresses;

    Sanctions(List<ModerationAction> actions) {
        this.byAuthor = actions.stream().collect(Collectors.groupingBy(ModerationAction::author));
        this.modes = actions.stream()
                .filter(action -> action.type().isMode())
                .collect(Collectors.toMap(action -> Objects.requireNonNull(action.room()), Function.identity()));
        this.ofAddresses =
                actions.stream().filter(action -> action.address() != null).toList();
    }

    /** The active mode of a room. */
    Optional<ModerationAction> mode(RoomName room, Clock clock) {
        return Optional.ofNullable(modes.get(room)).filter(mode -> mode.holds(clock.instant()));
    }

    /** The active bans of address ranges that contain the address. */
    List<ModerationAction> ofAddress(String address, Clock clock) {
        return ofAddresses.stream()
                .filter(action -> action.holds(clock.instant()))
                .filter(action -> Objects.requireNonNull(action.address()).contains(address))
                .toList();
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
