package veche.log;

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
import veche.room.ModerationAction;
import veche.room.Position;
import veche.room.ReadMark;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomStateStore;

/** A ledger over any storage: a line before one thread, which goes while there is nothing to do. */
final class QueuedStateStore implements RoomStateStore {
    private static final int MOST_WAITING = 4_096;

    @FunctionalInterface
    private interface Work<T> {
        T run() throws StorageException;
    }

    private final StateStorage storage;
    private final Incidents incidents;
    private final ThreadPoolExecutor thread;

    QueuedStateStore(StateStorage storage, Incidents incidents, ThreadFactory threads) {
        this.storage = storage;
        this.incidents = incidents;
        this.thread =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), threads);
        this.thread.allowCoreThreadTimeOut(true);
    }

    private <T> CompletionStage<T> queue(Work<T> work) {
        var answer = new CompletableFuture<T>();
        try {
            thread.execute(() -> answer(answer, work));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    thread.isShutdown()
                            ? WriteQueue.stopping()
                            : new RefusedException(
                                    RefusedException.Reason.BUSY, "Too much waits for the ledger; try again"));
        }
        return answer;
    }

    private <T> void answer(CompletableFuture<T> answer, Work<T> work) {
        try {
            answer.complete(work.run());
        } catch (StorageException | RuntimeException | Error e) {
            answer.completeExceptionally(incidents.unavailable(e));
        }
    }

    @Override
    public CompletionStage<ModerationAction> record(ModerationAction action) {
        return queue(() -> storage.record(action));
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
    public CompletionStage<Void> mark(List<ReadMark> marks, long since) {
        return queue(() -> {
            storage.mark(marks, since);
            return null;
        });
    }

    @Override
    public CompletionStage<Map<RoomName, Position>> marks(String author) {
        return queue(() -> storage.marks(author));
    }

    /** Does what waits, and refuses what comes after. Blocks until done. */
    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(QueuedLog.LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
