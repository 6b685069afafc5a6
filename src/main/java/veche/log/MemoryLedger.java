package veche.log;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RoomName;
import veche.room.Ruling;

/** A ledger in memory, gone with the process. Touched by one thread. */
final class MemoryLedger implements LedgerStorage {
    private record Held(Ruling.Action action, String author, RoomName room) {}

    private record Reader(String author, RoomName room) {}

    private final List<Ruling> rulings = new ArrayList<>();
    private final Map<Held, Ruling> sanctions = new HashMap<>();
    private final Map<Reader, ReadMark> marks = new HashMap<>();

    @Override
    public Ruling record(Ruling ruling) {
        Ruling recorded = ruling.numbered(rulings.size() + 1L);
        rulings.add(recorded);
        if (ruling.action().lasting()) {
            sanctions.put(new Held(ruling.action(), ruling.author(), ruling.room()), recorded);
        } else if (ruling.action().lifts() != null) {
            sanctions.remove(new Held(ruling.action().lifts(), ruling.author(), ruling.room()));
        }
        return recorded;
    }

    @Override
    public List<Ruling> after(long number, int limit) {
        return rulings.stream()
                .filter(ruling -> ruling.number() > number)
                .limit(limit)
                .toList();
    }

    @Override
    public List<Ruling> before(long number, int limit, Optional<Set<RoomName>> rooms) {
        return rulings.stream()
                .filter(ruling -> ruling.number() < number)
                .filter(ruling -> rooms.isEmpty() || ruling.isIn(rooms.get()))
                .sorted(Comparator.comparing(Ruling::number).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public List<Ruling> sanctions() {
        return sanctions.values().stream()
                .sorted(Comparator.comparing(Ruling::number))
                .toList();
    }

    @Override
    public void mark(List<ReadMark> newer, long since) {
        newer.forEach(mark -> marks.put(new Reader(mark.author(), mark.room()), mark));
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
