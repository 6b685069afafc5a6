package veche.log;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import veche.room.Draft;
import veche.room.Extent;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog.Appended;
import veche.room.Position;
import veche.room.Refusal;
import veche.room.RoomName;

/**
 * What goes into one transaction: gives each message its id, time and position, and each request its outcome, in the
 * order in which they came.
 */
final class Batch {
    /** What came of a request. */
    sealed interface Outcome {
        record Said(Request.Append request, Appended appended) implements Outcome {}

        record Refused(Request.Append request, Refusal why) implements Outcome {}

        record Opened(Request.Open request, Extent extent) implements Outcome {}
    }

    private final List<Request> requests;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Appended> added = new ArrayList<>();
    private final Map<RoomName, Long> trimmed = new LinkedHashMap<>();
    private final List<RoomName> unfinished = new ArrayList<>();
    private final Map<RoomName, Bounds> bounds = new HashMap<>();
    private final Map<Key, Message> known = new HashMap<>();
    private final Set<UUID> deleted = new HashSet<>();

    Batch(List<Request> requests) {
        this.requests = requests;
    }

    SortedSet<RoomName> rooms() {
        SortedSet<RoomName> rooms = new TreeSet<>();
        requests.forEach(request -> rooms.add(request.room()));
        return rooms;
    }

    /** Those of the rooms that get messages. */
    SortedSet<RoomName> written() {
        SortedSet<RoomName> written = new TreeSet<>();
        requests.stream().filter(Request.Append.class::isInstance).forEach(request -> written.add(request.room()));
        return written;
    }

    /** The new messages. */
    List<Appended> added() {
        return added;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    /** The rooms that were trimmed, with their new first positions. */
    Map<RoomName, Long> trimmed() {
        return trimmed;
    }

    /** The rooms of which there may be more to trim. */
    List<RoomName> unfinished() {
        return unfinished;
    }

    /** Puts everything into the transaction; does not commit it. */
    void fill(Storage.Transaction transaction, String epoch, long keysSince, LogLimits.Retention retention)
            throws StorageException {
        long now = System.currentTimeMillis();
        bounds.putAll(transaction.bounds());
        trim(transaction, retention, now);
        Map<Key, Draft> keys = keys();
        if (!keys.isEmpty()) {
            known.putAll(transaction.known(keys, keysSince));
        }
        Map<UUID, RoomName> changed = changed();
        if (!changed.isEmpty()) {
            deleted.addAll(transaction.deleted(changed));
        }
        requests.forEach(request -> settle(request, epoch, now));
        if (!added.isEmpty()) {
            transaction.add(added.stream().map(Appended::message).toList());
        }
    }

    private Map<Key, Draft> keys() {
        Map<Key, Draft> keys = new LinkedHashMap<>();
        for (Request request : requests) {
            if (request instanceof Request.Append append && append.draft().key() != null) {
                keys.putIfAbsent(Key.of(append.room(), append.draft()), append.draft());
            }
        }
        return keys;
    }

    /** What is edited or reacted to. */
    private Map<UUID, RoomName> changed() {
        Map<UUID, RoomName> changed = new LinkedHashMap<>();
        for (Request request : requests) {
            if (request instanceof Request.Append append
                    && isChange(append.draft().kind())) {
                changed.put(append.draft().target(), append.room());
            }
        }
        return changed;
    }

    private static boolean isChange(Kind kind) {
        return kind == Kind.EDIT || kind == Kind.REACTION;
    }

    /** Follows retention where that was asked for, and in rooms that grow beyond their limit as fast as they grow. */
    private void trim(Storage.Transaction transaction, LogLimits.Retention retention, long now)
            throws StorageException {
        Set<RoomName> asked = requests.stream()
                .filter(Request.Trim.class::isInstance)
                .map(Request::room)
                .collect(Collectors.toSet());
        for (Map.Entry<RoomName, Bounds> room : transaction.bounds().entrySet()) {
            boolean tooMany =
                    retention.messages() > 0 && room.getValue().count() >= retention.messages() + Request.Trim.STEP;
            if (tooMany || asked.contains(room.getKey())) {
                trim(transaction, room.getKey(), retention, now);
            }
        }
    }

    private void trim(Storage.Transaction transaction, RoomName room, LogLimits.Retention retention, long now)
            throws StorageException {
        Bounds before = bounds.get(room);
        int step = Request.Trim.STEP + requests.size();
        long end = Math.min(before.last(), before.first() + step - 1);
        long surplus = retention.messages() == 0 ? 0 : before.last() - retention.messages();
        long old = transaction.newestBefore(room, before.first(), end, retention.cutoff(now));
        long first = Math.min(Math.max(surplus, old), end) + 1;
        if (first > before.first()) {
            transaction.trim(room, first);
            bounds.put(room, before.trim(first));
            trimmed.put(room, first);
            unfinished.addAll(first == end + 1 && first <= before.last() ? List.of(room) : List.of());
        }
    }

    private void settle(Request request, String epoch, long now) {
        if (request instanceof Request.Append append) {
            outcomes.add(append(append, epoch, now));
        } else if (request instanceof Request.Open open) {
            Bounds room = bounds.get(open.room());
            outcomes.add(new Outcome.Opened(open, new Extent(epoch, room.first(), room.last())));
        }
    }

    /** A change that was permitted before the deletion of its target was committed is refused here. */
    private Outcome append(Request.Append request, String epoch, long now) {
        Draft draft = request.draft();
        Message first = draft.key() == null ? null : known.get(Key.of(request.room(), draft));
        if (first != null) {
            return new Outcome.Said(request, new Appended(first, draft, true));
        }
        if (isChange(draft.kind()) && deleted.contains(draft.target())) {
            return new Outcome.Refused(
                    request, new Refusal(Refusal.Reason.NO_SUCH_MESSAGE, "This message was deleted"));
        }
        return new Outcome.Said(request, add(request, epoch, now));
    }

    private Appended add(Request.Append request, String epoch, long now) {
        Draft draft = request.draft();
        Bounds room = bounds.compute(request.room(), (name, was) -> was.append(Math.max(now, was.lastAt())));
        Appended appended =
                new Appended(message(request, new Position(epoch, room.last()), room.lastAt()), draft, false);
        if (draft.key() != null) {
            known.put(Key.of(appended.message()), appended.message());
        }
        if (draft.kind() == Kind.DELETE) {
            deleted.add(draft.target());
        }
        added.add(appended);
        return appended;
    }

    private static Message message(Request.Append request, Position position, long at) {
        Draft draft = request.draft();
        return new Message(
                UuidCreator.getTimeOrderedEpochPlus1(),
                request.room(),
                position,
                Instant.ofEpochMilli(at),
                draft.author(),
                draft.kind(),
                draft.text(),
                draft.name(),
                draft.data(),
                draft.target(),
                draft.key());
    }

    void refuse(Refusal refusal) {
        requests.forEach(request -> request.refuse(refusal));
    }

    int size() {
        return requests.size();
    }

    /** The first and the second half, where something in here spoils the whole. */
    List<Batch> halves() {
        int middle = requests.size() / 2;
        return List.of(new Batch(requests.subList(0, middle)), new Batch(requests.subList(middle, requests.size())));
    }
}
