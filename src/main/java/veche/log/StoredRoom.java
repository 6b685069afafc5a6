package veche.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import veche.room.Kind;
import veche.room.Message;
import veche.room.Revision;

/** The messages of one room in memory. Modified by the writer only; any thread may read. */
final class StoredRoom {
    private final NavigableMap<Long, Message> messages = new ConcurrentSkipListMap<>();
    private final Map<UUID, Message> ids = new ConcurrentHashMap<>();
    private final Map<UUID, List<Revision>> revisions = new ConcurrentHashMap<>();
    /** Ids of edits by the message that they change. Accessed by the writer only. */
    private final Map<UUID, List<UUID>> edits = new HashMap<>();

    private final long readBytes;
    private volatile RoomBounds bounds = RoomBounds.EMPTY;

    /** @param readBytes maximum content of one result in bytes; a result may always contain one message */
    StoredRoom(long readBytes) {
        this.readBytes = readBytes;
    }

    RoomBounds bounds() {
        return bounds;
    }

    /** The approximate size of the messages and revisions in memory, in bytes; read message by message. */
    long weight() {
        return messages.values().stream().mapToLong(Message::weight).sum()
                + revisions.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Revision::weight)
                        .sum();
    }

    List<Message> after(long position, int limit) {
        return atMost(messages.tailMap(position, false), limit);
    }

    List<Message> before(long position, int limit) {
        List<Message> newestFirst = atMost(messages.headMap(position, false).descendingMap(), limit);
        List<Message> ascending = new ArrayList<>();
        newestFirst.forEach(message -> ascending.add(0, message));
        return ascending;
    }

    private List<Message> atMost(Map<Long, Message> range, int limit) {
        List<Message> found = new ArrayList<>();
        long bytes = 0;
        for (Message message : range.values()) {
            bytes += message.weight();
            if (found.size() >= limit || !found.isEmpty() && bytes > readBytes) {
                break;
            }
            found.add(message);
        }
        return found;
    }

    Optional<Message> find(UUID id) {
        return Optional.ofNullable(ids.get(id));
    }

    List<Revision> revisions(UUID id) {
        return List.copyOf(revisions.getOrDefault(id, List.of()));
    }

    /** As {@link Storage#overdue}. */
    boolean isOverdue(long maxMessages, long cutoff) {
        Map.Entry<Long, Message> oldest = messages.firstEntry();
        return bounds.count() > maxMessages
                || oldest != null && oldest.getValue().at().toEpochMilli() < cutoff;
    }

    /** As {@link Storage.Transaction#newestBefore}. */
    long newestBefore(long from, long to, long cutoff) {
        long newest = 0;
        for (Message message : messages.subMap(from, true, to, true).values()) {
            if (message.at().toEpochMilli() >= cutoff) {
                break;
            }
            newest = message.position().number();
        }
        return newest;
    }

    void add(Message message) {
        messages.put(message.position().number(), message);
        ids.put(message.id(), message);
        bounds = bounds.append(message.at().toEpochMilli());
        if (message.kind() == Kind.EDIT) {
            edits.computeIfAbsent(message.changedId(), id -> new ArrayList<>()).add(message.id());
        }
    }

    /** Applies an edit or a deletion whose message has been added. */
    void amend(Amendment amendment) {
        Message target = ids.get(amendment.target());
        if (target == null) {
            return;
        }
        if (!target.isDeleted()) {
            revisions
                    .computeIfAbsent(target.id(), id -> new CopyOnWriteArrayList<>())
                    .add(replaced(target, amendment));
        }
        Message amended = target.after(amendment.last());
        replace(target, amended);
        edits.getOrDefault(target.id(), List.of()).stream()
                .map(ids::get)
                .filter(Objects::nonNull)
                .forEach(edit -> replace(edit, edit.after(amendment.last())));
        if (amended.isDeleted() && !amendment.deletes()) {
            replace(amendment.last(), amendment.last().withoutContent());
        }
    }

    private static Revision replaced(Message target, Amendment amendment) {
        return new Revision(
                target.text(),
                amendment.deletes() ? target.name() : null,
                amendment.deletes() ? target.data() : null,
                amendment.last().at(),
                amendment.last().id());
    }

    @SuppressWarnings("ReferenceEquality") // after() gives the same message where nothing changes
    private void replace(Message before, Message after) {
        if (after != before) {
            messages.put(after.position().number(), after);
            ids.put(after.id(), after);
        }
    }

    /** As {@link Storage.Transaction#erase}. */
    void erase(String author) {
        for (Message message : messages.values()) {
            if (message.author().id().equals(author)) {
                replace(message, message.erased());
                revisions.remove(message.id());
            }
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

    /** Deletes the revisions replaced before a time, in milliseconds since 1970. */
    void forgetRevisions(long before) {
        Predicate<Revision> old = revision -> revision.replacedAt().toEpochMilli() < before;
        revisions.values().forEach(replaced -> replaced.removeIf(old));
        revisions.values().removeIf(List::isEmpty);
    }
}
