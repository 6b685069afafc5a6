package veche.log;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog.Appended;
import veche.room.Position;
import veche.room.RefusedException;
import veche.room.RoomName;

/**
 * The requests of one transaction. Assigns each message its id, time and position, and each request its outcome, in the
 * order of arrival.
 */
final class Batch {
    /** The result of a request. */
    sealed interface Outcome {
        record Stored(WriteRequest.Append request, Appended appended) implements Outcome {}

        record Refused(WriteRequest.Append request, RefusedException why) implements Outcome {}

        record Opened(WriteRequest.Open request) implements Outcome {}

        record Erased(WriteRequest.Erase request) implements Outcome {}
    }

    private final List<WriteRequest> requests;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Appended> added = new ArrayList<>();
    private final Map<RoomName, Long> trimmed = new LinkedHashMap<>();
    private final List<RoomName> unfinished = new ArrayList<>();
    private final Map<RoomName, RoomBounds> bounds = new HashMap<>();
    private final Map<IdempotencyKey, Message> known = new HashMap<>();
    private final Set<UUID> deleted = new HashSet<>();

    Batch(List<WriteRequest> requests) {
        this.requests = requests;
    }

    /** The rooms that are changed. */
    SortedSet<RoomName> changed() {
        return rooms(request -> !(request instanceof WriteRequest.Open));
    }

    /** The subset of {@link #changed()} to which messages are appended. */
    SortedSet<RoomName> written() {
        return rooms(WriteRequest.Append.class::isInstance);
    }

    /** The rooms that are opened, but not changed. */
    SortedSet<RoomName> opened() {
        SortedSet<RoomName> opened = rooms(WriteRequest.Open.class::isInstance);
        opened.removeAll(changed());
        return opened;
    }

    private SortedSet<RoomName> rooms(Predicate<WriteRequest> selected) {
        SortedSet<RoomName> rooms = new TreeSet<>();
        requests.stream().filter(selected).forEach(request -> rooms.add(request.room()));
        return rooms;
    }

    /** The new messages, without repeated ones. */
    List<Appended> added() {
        return added;
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    /** The trimmed rooms, with their new first positions. */
    Map<RoomName, Long> trimmed() {
        return trimmed;
    }

    /** The rooms that may have more messages to trim. */
    List<RoomName> unfinished() {
        return unfinished;
    }

    /**
     * Executes the requests in the transaction; does not commit it.
     *
     * @param keysSince idempotency keys recorded before this time, in milliseconds since 1970, are ignored
     */
    void fill(Storage.Transaction transaction, String epoch, long keysSince, LogLimits.Retention retention)
            throws StorageException {
        long now = System.currentTimeMillis();
        bounds.putAll(transaction.bounds());
        trim(transaction, retention, now);
        Map<IdempotencyKey, Draft> keys = keys();
        if (!keys.isEmpty()) {
            known.putAll(transaction.known(keys, keysSince));
        }
        Map<UUID, RoomName> changed = changedMessages();
        if (!changed.isEmpty()) {
            deleted.addAll(transaction.deleted(changed));
        }
        requests.forEach(request -> settle(request, epoch, now));
        if (!added.isEmpty()) {
            transaction.add(added.stream().map(Appended::message).toList());
        }
        for (WriteRequest request : requests) {
            if (request instanceof WriteRequest.Erase erase) {
                transaction.erase(erase.room(), erase.author());
            }
        }
    }

    /** The current bounds of one of the rooms. */
    private RoomBounds boundsOf(RoomName room) {
        return bounds.getOrDefault(room, RoomBounds.EMPTY);
    }

    private Map<IdempotencyKey, Draft> keys() {
        Map<IdempotencyKey, Draft> keys = new LinkedHashMap<>();
        for (WriteRequest request : requests) {
            if (request instanceof WriteRequest.Append append) {
                IdempotencyKey.of(append.room(), append.draft())
                        .ifPresent(key -> keys.putIfAbsent(key, append.draft()));
            }
        }
        return keys;
    }

    /** The targets of edits and reactions. */
    private Map<UUID, RoomName> changedMessages() {
        Map<UUID, RoomName> changed = new LinkedHashMap<>();
        for (WriteRequest request : requests) {
            if (request instanceof WriteRequest.Append append
                    && isChange(append.draft().kind())) {
                changed.put(append.draft().changedId(), append.room());
            }
        }
        return changed;
    }

    private static boolean isChange(Kind kind) {
        return kind == Kind.EDIT || kind == Kind.REACTION;
    }

    /**
     * Applies retention to rooms with a trim request, and to rooms that exceed the message limit by a whole step. This
     * keeps pace with their growth.
     */
    private void trim(Storage.Transaction transaction, LogLimits.Retention retention, long now)
            throws StorageException {
        Set<RoomName> requested = requests.stream()
                .filter(WriteRequest.Trim.class::isInstance)
                .map(WriteRequest::room)
                .collect(Collectors.toSet());
        for (Map.Entry<RoomName, RoomBounds> room : transaction.bounds().entrySet()) {
            boolean tooMany = retention.messages() > 0
                    && room.getValue().count() >= retention.messages() + WriteRequest.Trim.STEP;
            if (tooMany || requested.contains(room.getKey())) {
                trim(transaction, room.getKey(), retention, now);
            }
        }
    }

    private void trim(Storage.Transaction transaction, RoomName room, LogLimits.Retention retention, long now)
            throws StorageException {
        RoomBounds before = boundsOf(room);
        int step = WriteRequest.Trim.STEP + requests.size();
        long end = Math.min(before.last(), before.first() + step - 1);
        long surplus = retention.messages() == 0 ? 0 : before.last() - retention.messages();
        long old = transaction.newestBefore(room, before.first(), end, retention.cutoff(room, now));
        long first = Math.min(Math.max(surplus, old), end) + 1;
        if (first > before.first()) {
            transaction.trim(room, first);
            bounds.put(room, before.trim(first));
            trimmed.put(room, first);
            unfinished.addAll(first == end + 1 && first <= before.last() ? List.of(room) : List.of());
        }
    }

    private void settle(WriteRequest request, String epoch, long now) {
        if (request instanceof WriteRequest.Append append) {
            outcomes.add(append(append, epoch, now));
        } else if (request instanceof WriteRequest.Open open) {
            outcomes.add(new Outcome.Opened(open));
        } else if (request instanceof WriteRequest.Erase erase) {
            outcomes.add(new Outcome.Erased(erase));
        }
    }

    /** Refuses a change that was permitted before the deletion of its target was committed. */
    private Outcome append(WriteRequest.Append request, String epoch, long now) {
        Draft draft = request.draft();
        Optional<Message> first = IdempotencyKey.of(request.room(), draft).map(known::get);
        if (first.isPresent()) {
            return new Outcome.Stored(request, new Appended(first.get(), draft, true));
        }
        if (isChange(draft.kind()) && deleted.contains(draft.changedId())) {
            return new Outcome.Refused(
                    request, new RefusedException(RefusedException.Reason.NO_SUCH_MESSAGE, "This message was deleted"));
        }
        return new Outcome.Stored(request, add(request, epoch, now));
    }

    private Appended add(WriteRequest.Append request, String epoch, long now) {
        Draft draft = request.draft();
        RoomBounds room = bounds.compute(request.room(), (name, was) -> was.append(Math.max(now, was.lastAt())));
        Appended appended =
                new Appended(message(request, new Position(epoch, room.last()), room.lastAt()), draft, false);
        IdempotencyKey.of(appended.message()).ifPresent(key -> known.put(key, appended.message()));
        if (draft.kind() == Kind.DELETE) {
            deleted.add(draft.changedId());
        }
        added.add(appended);
        return appended;
    }

    private static Message message(WriteRequest.Append request, Position position, long at) {
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

    void refuse(RefusedException refusal) {
        requests.forEach(request -> request.refuse(refusal));
    }

    int size() {
        return requests.size();
    }

    /** Splits the batch in two, to isolate a request whose content makes the transaction fail. */
    List<Batch> halves() {
        int middle = requests.size() / 2;
        return List.of(new Batch(requests.subList(0, middle)), new Batch(requests.subList(middle, requests.size())));
    }
}
