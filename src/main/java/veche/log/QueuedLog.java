package veche.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import veche.log.outbox.OutboxRow;
import veche.room.Draft;
import veche.room.Kind;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.MessageLog.Extent;
import veche.room.RefusedException;
import veche.room.Revision;
import veche.room.RoomName;
import veche.room.RoomStateStore;
import veche.room.cluster.Backbone;
import veche.room.cluster.Claims;

/** A message log over any storage, with a write queue, one writer thread and a pool of reader threads. */
final class QueuedLog implements MessageLog {
    /** How long {@link #close()} waits for queued requests. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private static final int TRIMMED_PER_SWEEP = 256;

    @FunctionalInterface
    private interface Read<T> {
        T run() throws StorageException;
    }

    private final Storage storage;
    private final Backbone backbone;
    private final Claims claims;
    private final Optional<WebhookStore> webhooks;
    private final LogLimits limits;
    private final WriteQueue queue;
    private final DiskSpace disk;
    private final Incidents incidents = new Incidents();
    private final ThreadFactory threads = new LogThreads();
    private final ThreadPoolExecutor readers;
    private final QueuedStateStore stateStore;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Supplier<Optional<Following>> following = Optional::empty;
    private volatile @Nullable OutboxRelay outbox;
    private @Nullable ForeignOutbox foreignOutbox;
    private Runnable closeForeignDatabase = () -> {};
    private volatile @Nullable Thread writer;

    QueuedLog(Storage storage, LogLimits limits) {
        this(storage, limits, Backbone.NONE, Claims.NONE, Optional.empty());
    }

    /** @param webhooks empty if the storage is not durable */
    QueuedLog(Storage storage, LogLimits limits, Backbone backbone, Claims claims, Optional<WebhookStore> webhooks) {
        this.storage = storage;
        this.backbone = backbone;
        this.claims = claims;
        this.webhooks = webhooks;
        this.limits = limits;
        this.queue = new WriteQueue(limits.writes());
        this.disk = new DiskSpace(limits.disk());
        int count = limits.reads().threads();
        var readQueue = new ArrayBlockingQueue<Runnable>(limits.reads().pending());
        this.readers = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, readQueue, threads);
        this.stateStore = new QueuedStateStore(storage.stateStore(), incidents, threads);
    }

    @Override
    public void listen(Listener listener) {
        if (writer != null) {
            throw new IllegalStateException("Listener already set");
        }
        DeliveryState deliveryState = new DeliveryState(listener, incidents);
        Writer work = new Writer(
                storage,
                queue,
                limits,
                deliveryState,
                incidents,
                this::sweep,
                () -> disk.space().full());
        Thread started = threads.newThread(work);
        following = work::following;
        outbox = work.outbox();
        writer = started;
        started.start();
        storage.wakeup().listen(this::poll);
        if (foreignOutbox != null) {
            foreignOutbox.start();
        }
    }

    /**
     * Adds the messages of an outbox in another database once there is a listener.
     *
     * @param release called when the log is closed
     */
    void relayFrom(DataSource database, Runnable release) {
        foreignOutbox = new ForeignOutbox(database, limits, threads, this::relay);
        closeForeignDatabase = release;
    }

    /** Adds the messages of rows of another database; completes with the reasons of refusals by their ids. */
    CompletionStage<Map<Long, String>> relay(List<OutboxRow> rows) {
        var result = new CompletableFuture<Map<Long, String>>();
        queue.offer(new WriteRequest.Relay(rows, result));
        return result;
    }

    @Override
    public CompletionStage<Extent> open(RoomName room) {
        var result = new CompletableFuture<Extent>();
        queue.offer(new WriteRequest.Open(room, result));
        return result;
    }

    @Override
    public void release(RoomName room) {
        queue.addInternal(new WriteRequest.Release(room));
    }

    @Override
    public CompletionStage<Appended> append(RoomName room, Draft draft) {
        var result = new CompletableFuture<Appended>();
        try {
            check(draft);
            queue.offer(new WriteRequest.Append(room, draft, result));
        } catch (RefusedException refusal) {
            result.completeExceptionally(refusal);
        }
        return result;
    }

    private void check(Draft draft) {
        if (!isWellFormed(draft)) {
            throw new RefusedException(RefusedException.Reason.INVALID, "Text contains an unpaired surrogate");
        }
        if (draft.kind() != Kind.DELETE) {
            disk.take(draft.weight());
        }
    }

    /** No storage preserves unpaired surrogates, so the delivered text would differ from the stored text. */
    private static boolean isWellFormed(Draft draft) {
        return Stream.of(
                        draft.text(),
                        draft.name(),
                        draft.key(),
                        draft.author().id(),
                        draft.author().name())
                .allMatch(text -> text == null || isWellFormed(text));
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int point = text.codePointAt(i++);
                if (!Character.isSupplementaryCodePoint(point)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void poll() {
        queue.addInternal(new WriteRequest.Poll(new CompletableFuture<>()));
    }

    @Override
    public CompletionStage<Void> refresh() {
        if (storage.feed() == Feed.NONE) {
            return CompletableFuture.completedFuture(null);
        }
        var result = new CompletableFuture<Void>();
        queue.offer(new WriteRequest.Poll(result));
        return result;
    }

    @Override
    public CompletionStage<List<Message>> after(RoomName room, long position, int limit) {
        return read(() -> storage.after(room, position, limit));
    }

    @Override
    public CompletionStage<List<Message>> before(RoomName room, long position, int limit) {
        return read(() -> storage.before(room, position, limit));
    }

    @Override
    public CompletionStage<Optional<Message>> find(RoomName room, UUID id) {
        return read(() -> storage.find(room, id));
    }

    @Override
    public CompletionStage<List<Revision>> revisions(RoomName room, UUID id) {
        return read(() -> storage.revisions(room, id));
    }

    @Override
    public CompletionStage<List<Held>> held(String author, String room, long after, int limit) {
        return read(() -> storage.held(author, room, after, limit));
    }

    @Override
    public CompletionStage<List<RoomName>> rooms() {
        return read(storage::rooms);
    }

    @Override
    public CompletionStage<Void> erase(RoomName room, String author) {
        var result = new CompletableFuture<Void>();
        queue.offer(new WriteRequest.Erase(room, author, result));
        return result;
    }

    @Override
    public void forget(String author) {
        queue.addInternal(new WriteRequest.Forget(author));
    }

    private <T> CompletionStage<T> read(Read<T> read) {
        var result = new CompletableFuture<T>();
        try {
            readers.execute(() -> complete(result, read));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    closed.get()
                            ? WriteQueue.stopping()
                            : new RefusedException(RefusedException.Reason.BUSY, "Read queue full; retry"));
        }
        return result;
    }

    private <T> void complete(CompletableFuture<T> result, Read<T> read) {
        try {
            result.complete(read.run());
        } catch (StorageException | RuntimeException | Error e) {
            result.completeExceptionally(closed.get() ? WriteQueue.stopping() : incidents.unavailable(e));
        }
    }

    /** Takes one place among the reads, which clients compete for. */
    private void sweep() {
        read(() -> {
            try {
                disk.measure(storage);
            } finally {
                trimOverdue();
            }
            return true;
        });
    }

    private void trimOverdue() throws StorageException {
        LogLimits.Retention retention = limits.retention();
        long maxMessages = retention.messages() == 0 ? Long.MAX_VALUE : retention.messages();
        for (Map.Entry<RoomSelection, Long> each :
                retention.cutoffs(System.currentTimeMillis()).entrySet()) {
            storage.overdue(each.getKey(), maxMessages, each.getValue(), TRIMMED_PER_SWEEP)
                    .forEach(room -> queue.addInternal(new WriteRequest.Trim(room)));
        }
    }

    @Override
    public Space space() {
        return disk.space();
    }

    @Override
    public Backbone backbone() {
        return backbone;
    }

    @Override
    public Claims claims() {
        return claims;
    }

    @Override
    public Optional<Following> following() {
        return following.get();
    }

    @Override
    public Outbox outbox() {
        OutboxRelay relay = outbox;
        ForeignOutbox foreign = foreignOutbox;
        return new Outbox(
                relay == null ? 0 : relay.delivered(),
                relay == null ? 0 : relay.refused(),
                foreign == null ? Optional.empty() : Optional.of(foreign.isReachable()));
    }

    /** The state of a webhook; empty if the storage is not durable. */
    Optional<WebhookStore> webhooks() {
        return webhooks;
    }

    @Override
    public long pendingBytes() {
        return queue.bytes();
    }

    @Override
    public RoomStateStore stateStore() {
        return stateStore;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (foreignOutbox != null) {
            foreignOutbox.close();
        }
        closeForeignDatabase.run();
        backbone.close();
        queue.close();
        readers.shutdown();
        awaitEnd();
        stateStore.close();
        queue.refuseAll();
        storage.close();
    }

    private void awaitEnd() {
        Thread started = writer;
        try {
            if (started != null && started != Thread.currentThread()) {
                started.join(CLOSE_TIMEOUT.toMillis());
                started.interrupt();
            }
            if (!readers.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                readers.shutdownNow();
            }
        } catch (InterruptedException e) {
            readers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
