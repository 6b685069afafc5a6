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
 * Gives the messages of some rooms to a filter until it has enough: each room in its order, the rooms merged by time. Pages
 * are read one after the other, so that whoever else reads the log has a turn in between. For one call of {@link #run}.
 */
final class HistoryScan {
    private static final int PAGE = 500;

    /** What any caller may look at; long scans go on only while few others do. */
    private static final int SHORT = 2 * PAGE;

    /** As many messages as a room keeps by default. */
    private static final int MOST = 100_000;

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

    /** Completes when the filter has been given all that it needs. */
    CompletionStage<Void> run() {
        return proceed().whenComplete((done, failure) -> {
            if (isLong) {
                longScans.release();
            }
        });
    }

    private CompletionStage<Void> proceed() {
        if (!isLong && (scanned >= SHORT || sources.size() > 1)) {
            if (!longScans.tryAcquire()) {
                return CompletableFuture.failedFuture(
                        new WampErrorException(Uri.BUSY, "Too many look through long histories; try again"));
            }
            isLong = true;
        }
        return CompletableFuture.allOf(sources.stream().map(Source::fill).toArray(CompletableFuture[]::new))
                .thenComposeAsync(filled -> look(), executor);
    }

    private CompletionStage<Void> look() {
        Optional<Source> next = next();
        while (next.isPresent() && !filter.isComplete()) {
            if (scanned++ >= MOST) {
                filter.breakOff();
                break;
            }
            Source source = next.get();
            filter.take(source.read.removeFirst());
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

    /** One room: what has been read of it and was not yet given to the filter. */
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
