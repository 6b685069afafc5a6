package veche.log;

import java.time.Duration;
import java.util.List;
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
import java.util.stream.Stream;
import veche.room.Draft;
import veche.room.Extent;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.RefusedException;
import veche.room.Revision;
import veche.room.RoomName;
import veche.room.RoomStateStore;

/** A log over any storage: a line before one writer thread, and a few threads that read. */
final class QueuedLog implements MessageLog {
    /** How long {@link #close()} waits for what waits to be written. */
    static final Duration LAST_WRITES = Duration.ofSeconds(30);

    private static final int TRIMMED_PER_SWEEP = 256;

    @FunctionalInterface
    private interface Read<T> {
        T run() throws StorageException;
    }

    private final Storage storage;
    private final LogLimits limits;
    private final WriteQueue waiting;
    private final Incidents incidents = new Incidents();
    private final ThreadFactory threads = new LogThreads();
    private final ThreadPoolExecutor readers;
    private final QueuedStateStore stateStore;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Thread writer;

    QueuedLog(Storage storage, LogLimits limits) {
        this.storage = storage;
        this.limits = limits;
        this.waiting = new WriteQueue(limits.writes());
        int count = limits.reads().threads();
        var line = new ArrayBlockingQueue<Runnable>(limits.reads().pending());
        this.readers = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, line, threads);
        this.stateStore = new QueuedStateStore(storage.stateStore(), incidents, threads);
    }

    @Override
    public void listen(Listener listener) {
        if (writer != null) {
            throw new IllegalStateException("This log has a listener");
        }
        DeliveryState heard = new DeliveryState(listener, incidents);
        writer = threads.newThread(new Writer(storage, waiting, limits, heard, incidents, this::sweep));
        writer.start();
    }

    @Override
    public CompletionStage<Extent> open(RoomName room) {
        var answer = new CompletableFuture<Extent>();
        waiting.offer(new WriteRequest.Open(room, answer));
        return answer;
    }

    @Override
    public void release(RoomName room) {
        waiting.addChore(new WriteRequest.Release(room));
    }

    @Override
    public CompletionStage<Appended> append(RoomName room, Draft draft) {
        var answer = new CompletableFuture<Appended>();
        if (isWellFormed(draft)) {
            waiting.offer(new WriteRequest.Append(room, draft, answer));
        } else {
            answer.completeExceptionally(
                    new RefusedException(RefusedException.Reason.INVALID, "Half a surrogate pair is no text"));
        }
        return answer;
    }

    /** No storage keeps lone surrogates, so what would be heard differs from what would be kept. */
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

    /**
     * Tells the listener what other nodes have added to a room: for whoever learns that they have. Ordered with
     * {@link #append}.
     */
    void poll(RoomName room) {
        waiting.addChore(new WriteRequest.Poll(room));
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
    public CompletionStage<List<RoomName>> rooms() {
        return read(storage::rooms);
    }

    private <T> CompletionStage<T> read(Read<T> read) {
        var answer = new CompletableFuture<T>();
        try {
            readers.execute(() -> answer(answer, read));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    closed.get()
                            ? WriteQueue.stopping()
                            : new RefusedException(RefusedException.Reason.BUSY, "Too many wait to read; try again"));
        }
        return answer;
    }

    private <T> void answer(CompletableFuture<T> answer, Read<T> read) {
        try {
            answer.complete(read.run());
        } catch (StorageException | RuntimeException | Error e) {
            answer.completeExceptionally(closed.get() ? WriteQueue.stopping() : incidents.unavailable(e));
        }
    }

    private void sweep() {
        LogLimits.Retention retention = limits.retention();
        long most = retention.messages() == 0 ? Long.MAX_VALUE : retention.messages();
        long cutoff = retention.cutoff(System.currentTimeMillis());
        read(() -> storage.overdue(most, cutoff, TRIMMED_PER_SWEEP))
                .thenAccept(rooms ->
                        incidents.guard(() -> rooms.forEach(room -> waiting.addChore(new WriteRequest.Trim(room)))));
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
        waiting.close();
        readers.shutdown();
        awaitEnd();
        stateStore.close();
        waiting.refuseAll();
        storage.close();
    }

    private void awaitEnd() {
        try {
            if (writer != null && writer != Thread.currentThread()) {
                writer.join(LAST_WRITES.toMillis());
                writer.interrupt();
            }
            if (!readers.awaitTermination(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
                readers.shutdownNow();
            }
        } catch (InterruptedException e) {
            readers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
