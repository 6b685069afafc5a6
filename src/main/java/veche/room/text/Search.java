package veche.room.text;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import veche.room.Kind;
import veche.room.Message;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.RoomSession;

/**
 * Searches a room for a text, backwards and in pages, so that other reads of the log proceed in between. Thread-safe;
 * messages are scanned on the executor's threads.
 *
 * <p>Texts, captions and file names are searched. Edits and deletions are applied regardless of their position, since
 * the log returns messages with their current content.
 */
public final class Search {
    private static final int PAGE = 500;

    private final Limits limits;
    private final Executor executor;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * Limits of searches.
     *
     * @param scanned maximum number of messages that one call scans
     * @param running maximum number of concurrent calls; further ones are rejected with {@code BUSY}
     */
    public record Limits(int scanned, int running) {
        /** 5,000 messages, 4 calls. */
        public static final Limits DEFAULT = new Limits(5_000, 4);
    }

    /**
     * A search query.
     *
     * @param room the room to search
     * @param text the text to find, case-insensitive; may be blank only with a filter
     * @param filter selects the messages to search
     * @param after exclusive lower bound of positions; 0 for none
     * @param before exclusive upper bound of positions; {@code Long.MAX_VALUE} for none
     * @param limit maximum number of results
     */
    public record Query(RoomName room, String text, Filter filter, long after, long before, int limit) {}

    /**
     * Selects messages; null components do not apply.
     *
     * @param from part of the author's name, case-insensitive (stored case-folded), or null
     * @param filesOnly whether texts are excluded
     * @param since the earliest time, inclusive
     * @param until the latest time, exclusive
     */
    public record Filter(
            @Nullable String from,
            boolean filesOnly,
            @Nullable Instant since,
            @Nullable Instant until) {
        /** Selects every message. */
        public static final Filter NONE = new Filter(null, false, null, null);

        public Filter {
            from = from == null ? null : CaseFolding.fold(from);
        }

        private boolean admits(Message message) {
            return (!filesOnly || message.kind() == Kind.FILE)
                    && (since == null || !message.at().isBefore(since))
                    && (until == null || message.at().isBefore(until))
                    && (from == null
                            || CaseFolding.fold(message.author().name()).contains(from));
        }
    }

    /**
     * The result of a search.
     *
     * @param messages the matching messages, ascending, with their current texts
     * @param before the upper bound for the next call, or null if the range has been searched completely
     */
    public record Found(List<Message> messages, @Nullable Long before) {}

    public Search(Limits limits, Executor executor) {
        this.limits = limits;
        this.executor = executor;
    }

    /**
     * Finds the newest messages between two positions whose text or file name contains the query's text.
     *
     * @throws RefusedException {@code INVALID} for a blank text without a filter, {@code BUSY} if the maximum number of
     *     searches is running
     */
    public CompletionStage<Found> find(RoomSession roomSession, Query query) {
        if (query.text().isBlank() && query.filter().equals(Filter.NONE)) {
            throw new RefusedException(RefusedException.Reason.INVALID, "text must not be blank without a filter");
        }
        if (running.incrementAndGet() > limits.running()) {
            running.decrementAndGet();
            throw new RefusedException(RefusedException.Reason.BUSY, "Too many concurrent searches; retry");
        }
        return new Scan(roomSession, query)
                .from(query.before())
                .whenComplete((found, failure) -> running.decrementAndGet());
    }

    private final class Scan {
        private final RoomSession roomSession;
        private final Query query;
        private final String wanted;
        private final Deque<Message> found = new ArrayDeque<>();

        private int left = limits.scanned();

        Scan(RoomSession roomSession, Query query) {
            this.roomSession = roomSession;
            this.query = query;
            this.wanted = CaseFolding.fold(query.text());
        }

        CompletionStage<Found> from(long before) {
            int page = (int) Math.min(Math.min(PAGE, left), before - 1 - query.after());
            if (page < 1) {
                return done(null);
            }
            return roomSession
                    .history(query.room(), before, page)
                    .thenComposeAsync(messages -> look(messages, before), executor);
        }

        private CompletionStage<Found> look(List<Message> page, long before) {
            if (page.isEmpty()) {
                return done(null);
            }
            long reached = before;
            for (int i = page.size() - 1; i >= 0; i--) {
                Message message = page.get(i);
                if (message.position().number() <= query.after()) {
                    return done(null);
                }
                reached = message.position().number();
                consider(message);
                if (found.size() == query.limit()) {
                    return done(reached);
                }
            }
            left -= page.size();
            return left > 0 ? from(reached) : done(reached);
        }

        private void consider(Message message) {
            boolean searchable = message.kind() == Kind.TEXT || message.kind() == Kind.FILE;
            if (searchable
                    && !message.isDeleted()
                    && query.filter().admits(message)
                    && (wanted.isBlank() || isIn(message.text()) || isIn(message.name()))) {
                found.addFirst(message);
            }
        }

        private boolean isIn(@Nullable String text) {
            return text != null && CaseFolding.fold(text).contains(wanted);
        }

        private CompletionStage<Found> done(@Nullable Long before) {
            boolean through = before != null && before <= query.after() + 1;
            return CompletableFuture.completedFuture(new Found(new ArrayList<>(found), through ? null : before));
        }
    }
}
