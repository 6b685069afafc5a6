package veche.log;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import veche.log.outbox.OutboxRow;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.RefusedException;
import veche.room.RoomName;

/**
 * Moves the messages that applications have written to an outbox to their rooms. From the log's own, each is moved
 * exactly once: a transaction adds a message and removes its row. A row that cannot become a message is marked and does not delay others. Confined to
 * the writer thread, except for the counters.
 */
final class OutboxRelay {
    private static final System.Logger LOG = System.getLogger("veche.outbox");
    private static final int MAX_ROWS = 1_000;

    /** The write transactions of the writer. */
    @FunctionalInterface
    interface Writes {
        /** Commits what the content adds to a transaction on rooms. */
        Batch write(SortedSet<RoomName> rooms, Content content) throws StorageException;
    }

    /** Adds a batch to a transaction. */
    @FunctionalInterface
    interface Content {
        /** @param keysSince idempotency keys recorded before this time are ignored */
        Batch in(Storage.Transaction transaction, long keysSince) throws StorageException;
    }

    /** Where rows come from, and what becomes of them. */
    interface Origin {
        /** Marks a row that is no message. */
        void refuse(OutboxRow row, String reason) throws StorageException;

        /** The subset of rows that still wait. */
        Set<Long> waiting(Storage.Transaction transaction, List<Long> rows) throws StorageException;

        /** Marks a row that the log refuses. */
        void refuse(Storage.Transaction transaction, OutboxRow row, String reason) throws StorageException;

        /** Removes rows whose messages are in the transaction. */
        void remove(Storage.Transaction transaction, List<Long> rows) throws StorageException;
    }

    /** A row that is a message, unless the log refuses it. */
    private record Entry(OutboxRow row, WriteRequest.Append request) {
        private static Entry of(OutboxRow row, Draft draft) {
            return new Entry(row, new WriteRequest.Append(row.roomName(), draft, new CompletableFuture<>()));
        }
    }

    private final Storage storage;
    private final Origin own;
    private final LogLimits limits;
    private final Writes writes;
    private final Consumer<Batch> publish;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** @param publish delivers a batch that is committed */
    OutboxRelay(Storage storage, LogLimits limits, Writes writes, Consumer<Batch> publish) {
        this.storage = storage;
        this.own = new OwnOutbox(storage);
        this.limits = limits;
        this.writes = writes;
        this.publish = publish;
    }

    /** The messages moved so far. Thread-safe. */
    long delivered() {
        return delivered.get();
    }

    /** The rows refused so far. Thread-safe. */
    long refused() {
        return refused.get();
    }

    /** Moves the first messages of the log's own outbox; returns whether there may be more. */
    boolean relay() throws StorageException {
        List<OutboxRow> rows = storage.outbox(MAX_ROWS, limits.writes().batchBytes());
        relay(rows, own);
        return !rows.isEmpty();
    }

    /** Adds the messages of rows in their order. */
    void relay(List<OutboxRow> rows, Origin origin) throws StorageException {
        List<Entry> entries = new ArrayList<>();
        for (OutboxRow row : rows) {
            entry(row, origin).ifPresent(entries::add);
        }
        if (!entries.isEmpty()) {
            move(entries, origin);
        }
    }

    private Optional<Entry> entry(OutboxRow row, Origin origin) throws StorageException {
        try {
            Draft draft = row.draft();
            check(row.roomName(), draft);
            return Optional.of(Entry.of(row, draft));
        } catch (RefusedException invalid) {
            refuse(row, origin, reason(invalid));
            return Optional.empty();
        }
    }

    private void check(RoomName room, Draft draft) throws StorageException {
        int bytes = Math.max(
                draft.text() == null ? 0 : draft.text().length(),
                draft.data() == null ? 0 : draft.data().remaining());
        if (bytes > limits.outbox().maxBytes()) {
            throw new RefusedException(RefusedException.Reason.INVALID, "The message exceeds veche.outbox.max-bytes");
        }
        UUID target = draft.target();
        if (target != null
                && draft.kind() != Kind.TEXT
                && draft.kind() != Kind.FILE
                && storage.find(room, target).isEmpty()) {
            throw new RefusedException(RefusedException.Reason.NO_SUCH_MESSAGE, "The room has no message " + target);
        }
    }

    private void refuse(OutboxRow row, Origin origin, String reason) throws StorageException {
        origin.refuse(row, reason);
        report(row, reason);
    }

    private void report(OutboxRow row, String reason) {
        refused.incrementAndGet();
        LOG.log(Level.WARNING, "Row {0} of veche_outbox was refused: {1}", Long.toString(row.id()), reason);
    }

    private static String reason(RefusedException refusal) {
        return Objects.requireNonNull(refusal.getMessage(), "reasons have a text");
    }

    /** Where the content of a message makes the transaction fail, the message is found by halving. */
    private void move(List<Entry> entries, Origin origin) throws StorageException {
        try {
            Batch batch = writes.write(
                    rooms(entries), (transaction, keysSince) -> move(transaction, entries, origin, keysSince));
            publish.accept(batch);
            conclude(entries, batch);
        } catch (StorageException e) {
            if (!e.aboutContent()) {
                throw e;
            }
            if (entries.size() == 1) {
                refuse(entries.get(0).row(), origin, "The database refuses the content of the message");
            } else {
                int middle = entries.size() / 2;
                move(entries.subList(0, middle), origin);
                move(entries.subList(middle, entries.size()), origin);
            }
        }
    }

    private static SortedSet<RoomName> rooms(List<Entry> entries) {
        return entries.stream().map(entry -> entry.request().room()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** With the rooms locked, another node has either moved a row or cannot. */
    private Batch move(Storage.Transaction transaction, List<Entry> entries, Origin origin, long keysSince)
            throws StorageException {
        Set<Long> waiting = origin.waiting(
                transaction, entries.stream().map(entry -> entry.row().id()).toList());
        List<Entry> moved = entries.stream()
                .filter(entry -> waiting.contains(entry.row().id()))
                .toList();
        Batch batch = new Batch(moved.stream().map(Entry::request).collect(Collectors.toList()));
        batch.fill(transaction, storage.epoch(), keysSince, limits.retention());
        List<Long> removed = new ArrayList<>();
        for (int i = 0; i < moved.size(); i++) {
            if (batch.outcomes().get(i) instanceof Batch.Outcome.Refused refusal) {
                origin.refuse(transaction, moved.get(i).row(), reason(refusal.why()));
            } else {
                removed.add(moved.get(i).row().id());
            }
        }
        if (!removed.isEmpty()) {
            origin.remove(transaction, removed);
        }
        return batch;
    }

    private void conclude(List<Entry> entries, Batch batch) {
        for (Batch.Outcome outcome : batch.outcomes()) {
            if (outcome instanceof Batch.Outcome.Refused refusal) {
                entries.stream()
                        .filter(entry ->
                                entry.request().result() == refusal.request().result())
                        .forEach(entry -> report(entry.row(), reason(refusal.why())));
            } else {
                delivered.incrementAndGet();
            }
        }
    }
}
