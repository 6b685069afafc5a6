package veche.room;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks for a text in a room, backwards, page by page, so that whoever else reads the log has their turn in between.
 * Thread-safe; the looking is done on the executor's threads.
 *
 * <p>Texts and names of files are searched. Texts are taken as they now stand, wherever the edit or deletion lies: a
 * message in the log has its present text.
 */
public final class Search {
    private static final int PAGE = 500;

    private final Limits limits;
    private final Executor executor;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * What one search may cost.
     *
     * @param scanned how many messages one call looks at, at most
     * @param running how many calls run at the same time; more are refused with {@code BUSY}
     */
    public record Limits(int scanned, int running) {
        /** 5,000 messages, 4 calls. */
        public static final Limits DEFAULT = new Limits(5_000, 4);
    }

    /**
     * What is looked for.
     *
     * @param text whatever its case; blank only where a filter is given
     * @param filter which messages are considered
     * @param after only behind this position; 0 for the whole room
     * @param before only before this position; {@code Long.MAX_VALUE} from the end
     * @param limit how many at most
     */
    public record Query(RoomName room, String text, Filter filter, long after, long before, int limit) {}

    /**
     * Which messages are considered; a null bound does not apply.
     *
     * @param from part of the author's name, whatever its case (it is kept folded), or null
     * @param filesOnly whether texts are passed over
     * @param since the earliest time, inclusive
     * @param until the latest time, exclusive
     */
    public record Filter(String from, boolean filesOnly, Instant since, Instant until) {
        /** Every message. */
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
     * What was found.
     *
     * @param messages ascending, with their present texts
     * @param before where to go on, or null where nothing is left to look at
     */
    public record Found(List<Message> messages, Long before) {}

    public Search(Limits limits, Executor executor) {
        this.limits = limits;
        this.executor = executor;
    }

    /**
     * The newest messages between two positions whose text, or file name, contains a text.
     *
     * @throws RefusedException {@code INVALID} for a blank text without a filter, {@code BUSY} where too many search
     */
    public CompletionStage<Found> find(RoomSession roomSession, Query query) {
        if (query.text().isBlank() && query.filter().equals(Filter.NONE)) {
            throw new RefusedException(RefusedException.Reason.INVALID, "text is blank, and there is no filter");
        }
        if (running.incrementAndGet() > limits.running()) {
            running.decrementAndGet();
            throw new RefusedException(RefusedException.Reason.BUSY, "Too many search already; try again");
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

        private boolean isIn(String text) {
            return text != null && CaseFolding.fold(text).contains(wanted);
        }

        private CompletionStage<Found> done(Long before) {
            boolean through = before != null && before <= query.after() + 1;
            return CompletableFuture.completedFuture(new Found(new ArrayList<>(found), through ? null : before));
        }
    }
}
