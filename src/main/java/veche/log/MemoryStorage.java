package veche.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog.Held;
import veche.room.Revision;
import veche.room.RoomName;

/** A message storage in memory; its content is lost when the process ends. */
final class MemoryStorage implements Storage {
    private final StateStorage stateStore = new MemoryStateStore();
    private final String epoch;
    private final long readBytes;
    private final ConcurrentMap<RoomName, StoredRoom> storedRooms = new ConcurrentHashMap<>();
    /** In ascending order of time. Accessed by the writer only. */
    private final Map<IdempotencyKey, Message> keys = new LinkedHashMap<>();

    MemoryStorage(String epoch, long readBytes) {
        this.epoch = epoch;
        this.readBytes = readBytes;
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public Transaction begin(SortedSet<RoomName> rooms, SortedSet<RoomName> written) {
        Map<RoomName, RoomBounds> bounds = new LinkedHashMap<>();
        written.forEach(this::create);
        rooms.forEach(room -> bounds.put(room, stored(room).bounds()));
        return new Change(bounds);
    }

    private StoredRoom create(RoomName room) {
        return storedRooms.computeIfAbsent(room, name -> new StoredRoom(readBytes));
    }

    /** The room, or an empty one if it is not stored. */
    private StoredRoom stored(RoomName room) {
        return storedRooms.getOrDefault(room, new StoredRoom(readBytes));
    }

    @Override
    public List<Message> after(RoomName room, long position, int limit) {
        return stored(room).after(position, limit);
    }

    @Override
    public List<Message> before(RoomName room, long position, int limit) {
        return stored(room).before(position, limit);
    }

    @Override
    public Optional<Message> find(RoomName room, UUID id) {
        return stored(room).find(id);
    }

    @Override
    public List<Revision> revisions(RoomName room, UUID id) {
        return stored(room).revisions(id);
    }

    @Override
    public List<RoomName> rooms() {
        return storedRooms.entrySet().stream()
                .filter(stored -> stored.getValue().bounds().last() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public List<RoomName> overdue(RoomSelection selection, long messages, long cutoff, int limit) {
        return storedRooms.entrySet().stream()
                .filter(stored -> selection.contains(stored.getKey()))
                .filter(stored -> stored.getValue().isOverdue(messages, cutoff))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    /** A log in memory has no legal holds. */
    @Override
    public List<Held> held(String author, String room, long after, int limit) {
        return List.of();
    }

    @Override
    public Usage usage(long max) {
        long used = storedRooms.values().stream().mapToLong(StoredRoom::weight).sum();
        return new Usage(used, Long.MAX_VALUE);
    }

    @Override
    public StateStorage stateStore() {
        return stateStore;
    }

    @Override
    public void close() {
        storedRooms.clear();
        keys.clear();
    }

    private final class Change implements Transaction {
        private final Map<RoomName, RoomBounds> bounds;
        private final List<Message> added = new ArrayList<>();
        private final Map<RoomName, Long> trimmed = new HashMap<>();
        private final Map<RoomName, String> erased = new LinkedHashMap<>();

        Change(Map<RoomName, RoomBounds> bounds) {
            this.bounds = bounds;
        }

        @Override
        public Map<RoomName, RoomBounds> bounds() {
            return bounds;
        }

        @Override
        public Map<RoomName, RoomBounds> bounds(Collection<RoomName> others) {
            Map<RoomName, RoomBounds> found = new LinkedHashMap<>();
            others.forEach(room -> found.put(room, stored(room).bounds()));
            return found;
        }

        @Override
        public List<Message> after(RoomName room, long position, int limit) {
            return MemoryStorage.this.after(room, position, limit);
        }

        @Override
        public Map<IdempotencyKey, Message> known(Map<IdempotencyKey, Draft> drafts, long since) {
            Map<IdempotencyKey, Message> known = new HashMap<>();
            for (IdempotencyKey key : drafts.keySet()) {
                Message first = keys.get(key);
                if (first != null && first.at().toEpochMilli() >= since) {
                    known.put(key, find(key.room(), first.id()).orElse(first));
                }
            }
            return known;
        }

        @Override
        public Set<UUID> deleted(Map<UUID, RoomName> messages) {
            Set<UUID> deleted = new HashSet<>();
            messages.forEach((id, room) -> {
                if (find(room, id).filter(Message::isDeleted).isPresent()) {
                    deleted.add(id);
                }
            });
            return deleted;
        }

        @Override
        public void add(List<Message> messages) {
            added.addAll(messages);
        }

        @Override
        public void erase(RoomName room, String author) {
            erased.put(room, author);
        }

        @Override
        public long newestBefore(RoomName room, long from, long to, long cutoff) {
            return stored(room).newestBefore(from, to, cutoff);
        }

        @Override
        public void trim(RoomName room, long first) {
            trimmed.put(room, first);
        }

        @Override
        public int forget(long before, int limit) {
            List<IdempotencyKey> old = keys.entrySet().stream()
                    .takeWhile(key -> key.getValue().at().toEpochMilli() < before)
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            old.forEach(keys::remove);
            return old.size();
        }

        @Override
        public void forgetHeld() {
            // Nothing is held.
        }

        @Override
        public int forgetRevisions(long before, int limit) {
            storedRooms.values().forEach(stored -> stored.forgetRevisions(before));
            return 0;
        }

        @Override
        public void commit(long seen) {
            trimmed.forEach((room, first) -> stored(room).trim(first));
            for (Message message : added) {
                create(message.room()).add(message);
                IdempotencyKey.of(message).ifPresent(key -> putLast(key, message));
            }
            Amendment.of(added).forEach(amendment -> stored(amendment.room()).amend(amendment));
            erased.forEach((room, author) -> stored(room).erase(author));
            keys.keySet().removeIf(key -> key.author().equals(erased.getOrDefault(key.room(), "")));
        }

        private void putLast(IdempotencyKey key, Message message) {
            keys.remove(key);
            keys.put(key, message);
        }

        @Override
        public void close() {
            // Changes are applied in commit() only.
        }
    }
}
