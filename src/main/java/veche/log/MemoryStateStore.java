package veche.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RoomName;

/** A state storage in memory; its content is lost when the process ends. Accessed by one thread. */
final class MemoryStateStore implements StateStorage {
    private record SanctionKey(
            ModerationAction.Type type,
            String author,
            @Nullable RoomName room) {}

    private record MarkKey(String author, RoomName room) {}

    private final List<ModerationAction> actions = new ArrayList<>();
    private final Map<SanctionKey, ModerationAction> sanctions = new HashMap<>();
    private final Map<MarkKey, ReadMark> marks = new HashMap<>();

    @Override
    public ModerationAction record(ModerationAction action) {
        ModerationAction recorded = action.numbered(actions.size() + 1L);
        actions.add(recorded);
        if (action.type().lasting()) {
            sanctions.put(new SanctionKey(action.type(), action.author(), action.room()), recorded);
        }
        action.type()
                .lifts()
                .ifPresent(lifted -> sanctions.remove(new SanctionKey(lifted, action.author(), action.room())));
        return recorded;
    }

    @Override
    public List<ModerationAction> after(long number, int limit) {
        return actions.stream()
                .filter(action -> action.number() > number)
                .limit(limit)
                .toList();
    }

    @Override
    public List<ModerationAction> before(long number, int limit, Optional<Set<RoomName>> rooms) {
        return actions.stream()
                .filter(action -> action.number() < number)
                .filter(action -> rooms.isEmpty() || action.isIn(rooms.get()))
                .sorted(Comparator.comparing(ModerationAction::number).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public List<ModerationAction> sanctions() {
        return sanctions.values().stream()
                .sorted(Comparator.comparing(ModerationAction::number))
                .toList();
    }

    @Override
    public void mark(List<ReadMark> newer, long since) {
        newer.forEach(mark -> marks.put(new MarkKey(mark.author(), mark.room()), mark));
        marks.values().removeIf(mark -> mark.at().toEpochMilli() < since);
    }

    @Override
    public Map<RoomName, Position> marks(String author) {
        Map<RoomName, Position> positions = new TreeMap<>();
        marks.values().stream()
                .filter(mark -> mark.author().equals(author))
                .forEach(mark -> positions.put(mark.room(), mark.upTo()));
        return positions;
    }
}
