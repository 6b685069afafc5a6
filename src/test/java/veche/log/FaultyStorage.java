package veche.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import veche.room.Draft;
import veche.room.Message;
import veche.room.MessageLog.Held;
import veche.room.Revision;
import veche.room.RoomName;

/** A storage with injected faults. */
final class FaultyStorage implements Storage {
    /** How a commit fails. */
    enum Fault {
        /** It succeeds. */
        NONE,
        /** Nothing is stored. */
        NOT_COMMITTED,
        /** Everything is stored, but the response is lost. */
        YET_COMMITTED,
        /** The transaction cannot be started. */
        NOT_BEGUN,
        /** The Java code of the storage fails. */
        CRASHED
    }

    static final String POISON = "poison";

    final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    volatile boolean unreadable;
    volatile boolean unmeasurable;
    /** The number of searches for what exceeds retention limits. */
    final AtomicInteger overdueReads = new AtomicInteger();

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Storage storage = new MemoryStorage("epoch", 1 << 20);
    private final MemoryFeed feed = new MemoryFeed(storage);

    private static StorageException failure() {
        return new StorageException(new IOException("No space left on device"), false);
    }

    @Override
    public String epoch() {
        return storage.epoch();
    }

    @Override
    public Transaction begin(SortedSet<RoomName> rooms, SortedSet<RoomName> written) throws StorageException {
        Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        if (fault == Fault.NOT_BEGUN) {
            throw failure();
        }
        return new Faulty(storage.begin(rooms, written), fault);
    }

    /**
     * Blocks reads from now on.
     *
     * @return opens when a read is blocked
     */
    CountDownLatch holdReads() {
        gate = new CountDownLatch(1);
        return reached;
    }

    void releaseReads() {
        gate.countDown();
    }

    private void requireReadable() throws StorageException {
        reached.countDown();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new StorageException(e, false);
        }
        if (unreadable) {
            throw failure();
        }
    }

    @Override
    public List<Message> after(RoomName room, long position, int limit) throws StorageException {
        requireReadable();
        return storage.after(room, position, limit);
    }

    @Override
    public List<Message> before(RoomName room, long position, int limit) throws StorageException {
        requireReadable();
        return storage.before(room, position, limit);
    }

    @Override
    public Optional<Message> find(RoomName room, UUID id) throws StorageException {
        requireReadable();
        return storage.find(room, id);
    }

    @Override
    public List<Revision> revisions(RoomName room, UUID id) throws StorageException {
        requireReadable();
        return storage.revisions(room, id);
    }

    @Override
    public List<RoomName> rooms() throws StorageException {
        requireReadable();
        return storage.rooms();
    }

    @Override
    public List<RoomName> overdue(RoomSelection selection, long messages, long cutoff, int limit)
            throws StorageException {
        requireReadable();
        overdueReads.incrementAndGet();
        return storage.overdue(selection, messages, cutoff, limit);
    }

    @Override
    public List<Held> held(String author, String room, long after, int limit) throws StorageException {
        requireReadable();
        return storage.held(author, room, after, limit);
    }

    @Override
    public Usage usage(long max) throws StorageException {
        requireReadable();
        if (unmeasurable) {
            throw failure();
        }
        return storage.usage(max);
    }

    @Override
    public StateStorage stateStore() {
        return storage.stateStore();
    }

    /** Does nothing: a second log may use the same storage. */
    @Override
    public void close() {}

    @Override
    public Feed feed() {
        return feed;
    }

    private final class Faulty implements Transaction {
        private final Transaction transaction;
        private final Fault fault;
        private final List<Message> added = new ArrayList<>();
        private final List<FeedEntry.Range> trimmed = new ArrayList<>();

        Faulty(Transaction transaction, Fault fault) {
            this.transaction = transaction;
            this.fault = fault;
        }

        @Override
        public Map<RoomName, RoomBounds> bounds() {
            return transaction.bounds();
        }

        @Override
        public Map<RoomName, RoomBounds> bounds(Collection<RoomName> others) throws StorageException {
            return transaction.bounds(others);
        }

        @Override
        public List<Message> after(RoomName room, long position, int limit) throws StorageException {
            return transaction.after(room, position, limit);
        }

        @Override
        public Map<IdempotencyKey, Message> known(Map<IdempotencyKey, Draft> drafts, long since)
                throws StorageException {
            return transaction.known(drafts, since);
        }

        @Override
        public Set<UUID> deleted(Map<UUID, RoomName> messages) throws StorageException {
            return transaction.deleted(messages);
        }

        @Override
        public void add(List<Message> messages) throws StorageException {
            if (messages.stream().anyMatch(message -> POISON.equals(message.text()))) {
                throw new StorageException(new IOException("Invalid content"), true);
            }
            transaction.add(messages);
            added.addAll(messages);
        }

        @Override
        public void erase(RoomName room, String author) throws StorageException {
            transaction.erase(room, author);
        }

        @Override
        public long newestBefore(RoomName room, long from, long to, long cutoff) throws StorageException {
            return transaction.newestBefore(room, from, to, cutoff);
        }

        @Override
        public void trim(RoomName room, long first) throws StorageException {
            transaction.trim(room, first);
            trimmed.add(new FeedEntry.Range(room, first, first));
        }

        @Override
        public int forget(long before, int limit) throws StorageException {
            return transaction.forget(before, limit);
        }

        @Override
        public void forgetHeld() throws StorageException {
            transaction.forgetHeld();
        }

        @Override
        public int forgetRevisions(long before, int limit) throws StorageException {
            return transaction.forgetRevisions(before, limit);
        }

        @Override
        public void commit(long seen) throws StorageException {
            switch (fault) {
                case NOT_COMMITTED -> throw failure();
                case CRASHED -> throw new IllegalStateException("The storage's code is broken");
                case YET_COMMITTED -> {
                    commitAndReport(seen);
                    throw failure();
                }
                default -> commitAndReport(seen);
            }
        }

        private void commitAndReport(long seen) throws StorageException {
            transaction.commit(seen);
            feed.add(
                    FeedEntry.Kind.MESSAGES,
                    added.stream()
                            .map(message -> new FeedEntry.Range(
                                    message.room(),
                                    message.position().number(),
                                    message.position().number()))
                            .toList());
            feed.add(FeedEntry.Kind.TRIM, trimmed);
        }

        @Override
        public void close() {
            transaction.close();
        }
    }
}
