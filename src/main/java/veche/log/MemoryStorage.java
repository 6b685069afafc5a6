package veche.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.Revision;
import veche.room.RoomName;

/** A message storage in memory; its content is lost when the process ends. */
final class MemoryStorage implements Storage {
    private static final class StoredRoom {
        final NavigableMap<Long, Message> messages = new ConcurrentSkipListMap<>();
        final Map<UUID, Message> ids = new ConcurrentHashMap<>();
        final Map<UUID, List<Revision>> revisions = new ConcurrentHashMap<>();
        /** Ids of edits by the message that they change. Accessed by the writer only. */
        final Map<UUID, List<UUID>> edits = new HashMap<>();

        volatile RoomBounds bounds = RoomBounds.EMPTY;

        void add(Message message) {
            messages.put(message.position().number(), message);
            ids.put(message.id(), message);
            bounds = bounds.append(message.at().toEpochMilli());
            if (message.kind() == Kind.EDIT) {
                edits.computeIfAbsent(message.target(), id -> new ArrayList<>()).add(message.id());
            }
        }

        void amend(Amendment amendment) {
            Message target = ids.get(amendment.target());
            if (target == null) {
                return;
            }
            if (!target.isDeleted()) {
                Revision replaced = new Revision(
                        target.text(),
                        amendment.deletes() ? target.name() : null,
                        amendment.deletes() ? target.data() : null,
                        amendment.last().at(),
                        amendment.last().id());
                revisions
                        .computeIfAbsent(target.id(), id -> new CopyOnWriteArrayList<>())
                        .add(replaced);
            }
            replace(target, target.after(amendment.last()));
            edits.getOrDefault(target.id(), List.of()).stream()
                    .map(ids::get)
                    .filter(Objects::nonNull)
                    .forEach(edit -> replace(edit, edit.after(amendment.last())));
            if (ids.get(target.id()).isDeleted() && !amendment.deletes()) {
                replace(amendment.last(), amendment.last().withoutContent());
            }
        }

        @SuppressWarnings("ReferenceEquality") // after() gives the same message where nothing changes
        private void replace(Message before, Message after) {
            if (after != before) {
                messages.put(after.position().number(), after);
                ids.put(after.id(), after);
            }
        }

        void trim(long first) {
            NavigableMap<Long, Message> old = messages.headMap(first, false);
            old.values().forEach(message -> {
                ids.remove(message.id());
                edits.remove(message.id());
            });
            old.clear();
            bounds = bounds.trim(first);
        }
    }

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
        written.forEach(room -> storedRooms.computeIfAbsent(room, name -> new StoredRoom()));
        rooms.forEach(room -> bounds.put(room, storedRooms.getOrDefault(room, new StoredRoom()).bounds));
        return new Change(bounds);
    }

    @Override
    public List<Message> after(RoomName room, long position, int limit) {
        return atMost(messages(room).tailMap(position, false), limit);
    }

    @Override
    public List<Message> before(RoomName room, long position, int limit) {
        List<Message> newestFirst =
                atMost(messages(room).headMap(position, false).descendingMap(), limit);
        List<Message> ascending = new ArrayList<>();
        newestFirst.forEach(message -> ascending.add(0, message));
        return ascending;
    }

    private NavigableMap<Long, Message> messages(RoomName room) {
        return storedRooms.getOrDefault(room, new StoredRoom()).messages;
    }

    private List<Message> atMost(Map<Long, Message> messages, int limit) {
        List<Message> found = new ArrayList<>();
        long bytes = 0;
        for (Message message : messages.values()) {
            bytes += message.weight();
            if (found.size() >= limit || !found.isEmpty() && bytes > readBytes) {
                break;
            }
            found.add(message);
        }
        return found;
    }

    @Override
    public Optional<Message> find(RoomName room, UUID id) {
        return Optional.ofNullable(
                storedRooms.getOrDefault(room, new StoredRoom()).ids.get(id));
    }

    @Override
    public List<Revision> revisions(RoomName room, UUID id) {
        return List.copyOf(
                storedRooms.getOrDefault(room, new StoredRoom()).revisions.getOrDefault(id, List.of()));
    }

    @Override
    public List<RoomName> rooms() {
        return storedRooms.entrySet().stream()
                .filter(stored -> stored.getValue().bounds.last() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public List<RoomName> overdue(long messages, long cutoff, int limit) {
        return storedRooms.entrySet().stream()
                .filter(stored -> isOverdue(stored.getValue(), messages, cutoff))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    private static boolean isOverdue(StoredRoom stored, long messages, long cutoff) {
        Map.Entry<Long, Message> oldest = stored.messages.firstEntry();
        return stored.bounds.count() > messages
                || oldest != null && oldest.getValue().at().toEpochMilli() < cutoff;
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

        Change(Map<RoomName, RoomBounds> bounds) {
            this.bounds = bounds;
        }

        @Override
        public Map<RoomName, RoomBounds> bounds() {
            return bounds;
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
                    known.put(key, storedRooms.get(key.room()).ids.getOrDefault(first.id(), first));
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
        public long newestBefore(RoomName room, long from, long to, long cutoff) {
            long newest = 0;
            for (Message message : messages(room).subMap(from, true, to, true).values()) {
                if (message.at().toEpochMilli() >= cutoff) {
                    break;
                }
                newest = message.position().number();
            }
            return newest;
        }

        @Override
        public void trim(RoomName room, long first) {
            trimmed.put(room, first);
        }

        @Override
        public int forget(long before, int limit) {
            List<IdempotencyKey> old = keys.values().stream()
                    .takeWhile(message -> message.at().toEpochMilli() < before)
                    .limit(limit)
                    .map(IdempotencyKey::of)
                    .toList();
            old.forEach(keys::remove);
            return old.size();
        }

        @Override
        public int forgetRevisions(long before, int limit) {
            Predicate<Revision> old = revision -> revision.replacedAt().toEpochMilli() < before;
            storedRooms.values().forEach(stored -> {
                stored.revisions.values().forEach(revisions -> revisions.removeIf(old));
                stored.revisions.values().removeIf(List::isEmpty);
            });
            return 0;
        }

        @Override
        public void commit() {
            trimmed.forEach((room, first) -> storedRooms.get(room).trim(first));
            for (Message message : added) {
                storedRooms.get(message.room()).add(message);
                if (message.key() != null) {
                    keys.remove(IdempotencyKey.of(message));
                    keys.put(IdempotencyKey.of(message), message);
                }
            }
            Amendment.of(added)
                    .forEach(amendment -> storedRooms.get(amendment.room()).amend(amendment));
        }

        @Override
        public void close() {
            // Changes are applied in commit() only.
        }
    }
}
