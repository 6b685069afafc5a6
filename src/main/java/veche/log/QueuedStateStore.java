package veche.log;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomStateStore;
import veche.room.RoomStateStore.Revocation;
import veche.room.RoomStateStore.RuleRow;

/** A state store over any storage, with a queue and one thread, which ends while it is idle. */
final class QueuedStateStore implements RoomStateStore {
    private static final int MAX_PENDING = 4_096;

    @FunctionalInterface
    private interface Work<T> {
        T run() throws StorageException;
    }

    @FunctionalInterface
    private interface Update {
        void run() throws StorageException;
    }

    private final StateStorage storage;
    private final Incidents incidents;
    private final ThreadPoolExecutor thread;

    QueuedStateStore(StateStorage storage, Incidents incidents, ThreadFactory threads) {
        this.storage = storage;
        this.incidents = incidents;
        this.thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MAX_PENDING), threads);
        this.thread.allowCoreThreadTimeOut(true);
    }

    private <T> CompletionStage<T> queue(Work<T> work) {
        var result = new CompletableFuture<T>();
        try {
            thread.execute(() -> complete(result, work));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    thread.isShutdown()
                            ? WriteQueue.stopping()
                            : new RefusedException(RefusedException.Reason.BUSY, "State store queue full; retry"));
        }
        return result;
    }

    private CompletionStage<Void> queueUpdate(Update update) {
        return queue(() -> {
                    update.run();
                    return true;
                })
                .thenAccept(done -> {});
    }

    private <T> void complete(CompletableFuture<T> result, Work<T> work) {
        try {
            result.complete(work.run());
        } catch (StorageException | RuntimeException | Error e) {
            result.completeExceptionally(incidents.unavailable(e));
        }
    }

    @Override
    public CompletionStage<ModerationAction> record(ModerationAction action) {
        return queue(() -> storage.record(action))
                .thenApply(recorded -> recorded.orElseThrow(() -> new RefusedException(
                        RefusedException.Reason.NOT_ALLOWED,
                        "A moderator of a higher rank has imposed this sanction")));
    }

    @Override
    public CompletionStage<Void> noteRank(String author, @Nullable RoomName room, int rank, Instant at, Instant since) {
        return queueUpdate(() -> storage.noteRank(author, room, rank, at, since));
    }

    @Override
    public CompletionStage<Integer> rank(String author, @Nullable RoomName room, Instant since) {
        return queue(() -> storage.rank(author, room, since));
    }

    @Override
    public CompletionStage<Void> noteName(String author, Set<String> keys, Instant at, Instant since) {
        return queueUpdate(() -> storage.noteName(author, keys, at, since));
    }

    @Override
    public CompletionStage<Map<String, Instant>> names(Instant since) {
        return queue(() -> storage.names(since));
    }

    @Override
    public CompletionStage<Void> forget(String author) {
        return queueUpdate(() -> storage.forget(author));
    }

    @Override
    public CompletionStage<List<ModerationAction>> after(long number, int limit) {
        return queue(() -> storage.after(number, limit));
    }

    @Override
    public CompletionStage<List<ModerationAction>> before(long number, int limit, Optional<Set<RoomName>> rooms) {
        return queue(() -> storage.before(number, limit, rooms));
    }

    @Override
    public CompletionStage<List<ModerationAction>> sanctions() {
        return queue(storage::sanctions);
    }

    @Override
    public CompletionStage<Void> revoke(Revocation revocation) {
        return queueUpdate(() -> storage.revoke(revocation));
    }

    @Override
    public CompletionStage<List<Revocation>> revocations(Instant now) {
        return queue(() -> storage.revocations(now));
    }

    @Override
    public CompletionStage<Void> mark(List<ReadMark> marks, long since) {
        return queueUpdate(() -> storage.mark(marks, since));
    }

    @Override
    public CompletionStage<Map<String, String>> credentials() {
        return queue(storage::credentials);
    }

    @Override
    public CompletionStage<List<RuleRow>> rules() {
        return queue(storage::rules);
    }

    @Override
    public CompletionStage<Map<RoomName, Position>> marks(String author) {
        return queue(() -> storage.marks(author));
    }

    /** Completes the queued requests and refuses later ones. Blocks until done. */
    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(QueuedLog.CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
