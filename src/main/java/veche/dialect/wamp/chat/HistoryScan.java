package veche.dialect.wamp.chat;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.room.Message;
import veche.room.Room;
import veche.room.RoomSession;

/**
 * Passes the messages of one or more rooms to a filter until the filter is complete. Messages of a room keep their
 * order; rooms are merged by time. Pages are read one at a time, which lets other readers of the log make progress. An
 * instance supports a single call of {@link #run}.
 */
final class HistoryScan {
    private static final int PAGE = 500;

    /** Messages that a scan of one room may read without a permit; other scans need a permit of {@link #longScans}. */
    private static final int MAX_SHORT = 2 * PAGE;

    /** The maximum number of messages per scan; the default retention of a room. */
    private static final int MAX_SCANNED = 100_000;

    private static final Comparator<Source> BY_TIME =
            Comparator.comparing(source -> source.read.getFirst().at());

    private final RoomSession roomSession;
    private final HistoryFilter filter;
    private final Semaphore longScans;
    private final Executor executor;
    private final List<Source> sources;
    private final int page;
    private int scanned;
    private boolean isLong;

    HistoryScan(
            RoomSession roomSession, List<Room> rooms, HistoryFilter filter, Semaphore longScans, Executor executor) {
        this.roomSession = roomSession;
        this.filter = filter;
        this.longScans = longScans;
        this.executor = executor;
        this.sources = rooms.stream().map(Source::new).toList();
        this.page = Math.max(1, PAGE / Math.max(1, rooms.size()));
    }

    /** Completes when the filter is complete, the rooms are exhausted, or the scan limit is reached. */
    CompletionStage<Void> run() {
        return proceed().whenComplete((done, failure) -> {
            if (isLong) {
                longScans.release();
            }
        });
    }

    private CompletionStage<Void> proceed() {
        if (!isLong && (scanned >= MAX_SHORT || sources.size() > 1)) {
            if (!longScans.tryAcquire()) {
                return CompletableFuture.failedFuture(
                        new WampErrorException(Uri.BUSY, "Too many long history scans are running; retry later"));
            }
            isLong = true;
        }
        return CompletableFuture.allOf(sources.stream().map(Source::fill).toArray(CompletableFuture[]::new))
                .thenComposeAsync(filled -> scan(), executor);
    }

    private CompletionStage<Void> scan() {
        Optional<Source> next = next();
        while (next.isPresent() && !filter.isComplete()) {
            if (scanned++ >= MAX_SCANNED) {
                filter.truncate();
                break;
            }
            Source source = next.get();
            filter.accept(source.read.removeFirst());
            if (source.read.isEmpty()) {
                return proceed();
            }
            next = next();
        }
        return CompletableFuture.completedFuture(null);
    }

    private Optional<Source> next() {
        Comparator<Source> order = filter.reverse() ? BY_TIME.reversed() : BY_TIME;
        return sources.stream().filter(source -> !source.read.isEmpty()).min(order);
    }

    /** A room, with the messages that have been read but not yet passed to the filter. */
    private final class Source {
        private final Room room;
        private final Deque<Message> read = new ArrayDeque<>();
        private long position = filter.reverse() ? Long.MAX_VALUE : 0;
        private boolean exhausted;

        Source(Room room) {
            this.room = room;
        }

        CompletableFuture<Void> fill() {
            if (exhausted || !read.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            CompletionStage<List<Message>> more =
                    filter.reverse() ? roomSession.history(room.name(), position, page) : room.after(position, page);
            return more.thenAccept(this::add).toCompletableFuture();
        }

        private void add(List<Message> messages) {
            exhausted = messages.isEmpty();
            for (Message message : messages) {
                if (filter.reverse()) {
                    read.addFirst(message);
                } else {
                    read.addLast(message);
                }
            }
            if (!exhausted) {
                position = read.getLast().position().number();
            }
        }
    }
}
