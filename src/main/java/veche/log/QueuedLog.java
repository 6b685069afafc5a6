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
import veche.room.Ledger;
import veche.room.Message;
import veche.room.MessageLog;
import veche.room.Refusal;
import veche.room.Revision;
import veche.room.RoomName;

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
    private final Waiting waiting;
    private final Incidents incidents = new Incidents();
    private final ThreadFactory threads = new LogThreads();
    private final ThreadPoolExecutor readers;
    private final QueuedLedger ledger;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Thread writer;

    QueuedLog(Storage storage, LogLimits limits) {
        this.storage = storage;
        this.limits = limits;
        this.waiting = new Waiting(limits.writes());
        int count = limits.reads().threads();
        var line = new ArrayBlockingQueue<Runnable>(limits.reads().pending());
        this.readers = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, line, threads);
        this.ledger = new QueuedLedger(storage.ledger(), incidents, threads);
    }

    @Override
    public void listen(Listener listener) {
        if (writer != null) {
            throw new IllegalStateException("This log has a listener");
        }
        Heard heard = new Heard(listener, incidents);
        writer = threads.newThread(new Writer(storage, waiting, limits, heard, incidents, this::sweep));
        writer.start();
    }

    @Override
    public CompletionStage<Extent> open(RoomName room) {
        var answer = new CompletableFuture<Extent>();
        waiting.offer(new Request.Open(room, answer));
        return answer;
    }

    @Override
    public void release(RoomName room) {
        waiting.addChore(new Request.Release(room));
    }

    @Override
    public CompletionStage<Appended> append(RoomName room, Draft draft) {
        var answer = new CompletableFuture<Appended>();
        if (isWellFormed(draft)) {
            waiting.offer(new Request.Append(room, draft, answer));
        } else {
            answer.completeExceptionally(new Refusal(Refusal.Reason.INVALID, "Half a surrogate pair is no text"));
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
        waiting.addChore(new Request.Poll(room));
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
                            ? Waiting.stopping()
                            : new Refusal(Refusal.Reason.BUSY, "Too many wait to read; try again"));
        }
        return answer;
    }

    private <T> void answer(CompletableFuture<T> answer, Read<T> read) {
        try {
            answer.complete(read.run());
        } catch (StorageException | RuntimeException | Error e) {
            answer.completeExceptionally(closed.get() ? Waiting.stopping() : incidents.unavailable(e));
        }
    }

    private void sweep() {
        LogLimits.Retention retention = limits.retention();
        long most = retention.messages() == 0 ? Long.MAX_VALUE : retention.messages();
        long cutoff = retention.cutoff(System.currentTimeMillis());
        read(() -> storage.overdue(most, cutoff, TRIMMED_PER_SWEEP))
                .thenAccept(rooms ->
                        incidents.guard(() -> rooms.forEach(room -> waiting.addChore(new Request.Trim(room)))));
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        waiting.close();
        readers.shutdown();
        awaitEnd();
        ledger.close();
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
