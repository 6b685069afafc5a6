package veche.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RoomName;
import veche.room.RoomStateStore;
import veche.room.RoomStateStore.Revocation;
import veche.room.address.AddressRange;

/** A state storage in memory; its content is lost when the process ends. Accessed by one thread. */
final class MemoryStateStore implements StateStorage {
    private record SanctionKey(
            ModerationAction.Sanction sanction,
            String author,
            @Nullable AddressRange address,
            @Nullable RoomName room) {
        static SanctionKey of(ModerationAction.Sanction sanction, ModerationAction action) {
            return new SanctionKey(sanction, action.author(), action.address(), action.room());
        }
    }

    private record Rank(int rank, Instant at) {
        boolean holds(Instant since) {
            return !at.isBefore(since);
        }
    }

    private record RankKey(String author, @Nullable RoomName room) {}

    private record NameKey(String author, String key) {}

    private record MarkKey(String author, RoomName room) {}

    private final List<ModerationAction> actions = new ArrayList<>();
    private final Map<SanctionKey, ModerationAction> sanctions = new HashMap<>();
    private final List<Revocation> revocations = new ArrayList<>();
    private final Map<MarkKey, ReadMark> marks = new HashMap<>();
    private final Map<RankKey, Rank> ranks = new HashMap<>();
    private final Map<NameKey, Instant> names = new HashMap<>();

    @Override
    public Optional<ModerationAction> record(ModerationAction action) {
        Optional<SanctionKey> key = action.type().sanction().map(sanction -> SanctionKey.of(sanction, action));
        if (key.map(sanctions::get)
                .filter(earlier -> earlier.holds(action.at())
                        && earlier.moderator().rank() > action.moderator().rank())
                .isPresent()) {
            return Optional.empty();
        }
        ModerationAction recorded = action.numbered(actions.size() + 1L);
        actions.add(recorded);
        key.ifPresent(sanctions::remove);
        action.type().imposes().ifPresent(sanction -> sanctions.put(SanctionKey.of(sanction, action), recorded));
        return Optional.of(recorded);
    }

    @Override
    public void noteRank(String author, @Nullable RoomName room, int rank, Instant at, Instant since) {
        ranks.values().removeIf(stored -> !stored.holds(since));
        ranks.merge(
                new RankKey(author, room),
                new Rank(rank, at),
                (before, now) -> before.rank() > now.rank() ? before : now);
    }

    @Override
    public int rank(String author, @Nullable RoomName room, Instant since) {
        return Stream.of(new RankKey(author, null), new RankKey(author, room))
                .map(ranks::get)
                .filter(stored -> stored != null && stored.holds(since))
                .mapToInt(Rank::rank)
                .max()
                .orElse(0);
    }

    @Override
    public void noteName(String author, Set<String> keys, Instant at, Instant since) {
        keys.forEach(key -> names.put(new NameKey(author, key), at));
        names.values().removeIf(used -> used.isBefore(since));
        List<NameKey> own = names.entrySet().stream()
                .filter(name -> name.getKey().author().equals(author))
                .sorted(Map.Entry.<NameKey, Instant>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
        own.stream().skip(RoomStateStore.MAX_NAME_KEYS).forEach(names::remove);
    }

    @Override
    public Map<String, Instant> names(Instant since) {
        Map<String, Instant> found = new HashMap<>();
        names.forEach((name, at) -> {
            if (!at.isBefore(since)) {
                found.merge(name.key(), at, (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        return found;
    }

    @Override
    public void forget(String author) {
        ranks.keySet().removeIf(key -> key.author().equals(author));
        names.keySet().removeIf(name -> name.author().equals(author));
        marks.keySet().removeIf(mark -> mark.author().equals(author));
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
    public void revoke(Revocation revocation) {
        revocations.add(revocation);
    }

    @Override
    public List<Revocation> revocations(Instant now) {
        revocations.removeIf(revocation -> !revocation.holds(now));
        return List.copyOf(revocations);
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
