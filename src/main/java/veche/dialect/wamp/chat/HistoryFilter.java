package veche.dialect.wamp.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.room.Message;

/**
 * Selects events of a history, which it accepts in the order of traversal. All conditions apply together. If a boundary
 * publication does not exist, the result is empty. Not thread-safe.
 */
final class HistoryFilter {
    private static final long MAX_BYTES = 4 << 20;

    private final boolean reverse;
    private final long limit;
    private final boolean isServerLimit;
    private final Predicate<Instant> inTime;
    private final List<Message> chosen = new ArrayList<>();
    /** The publications that bound the result; each is null if unspecified or once it has been passed. */
    private @Nullable Long startsAt;

    private @Nullable Long startsBehind;
    private @Nullable Long endsAt;
    private @Nullable Long endsBefore;
    private boolean ended;
    private boolean full;
    private boolean partial;
    private long bytes;

    private HistoryFilter(boolean reverse, long limit, boolean isServerLimit, Predicate<Instant> inTime) {
        this.reverse = reverse;
        this.limit = limit;
        this.isServerLimit = isServerLimit;
        this.inTime = inTime;
    }

    /** @param max the maximum number of events in a result, even if the caller requests more */
    static HistoryFilter of(Arguments arguments, int max) {
        boolean reverse = arguments.keyword("reverse", Boolean.class).orElse(false);
        long limit = positive(arguments, "limit").orElse(Long.MAX_VALUE);
        HistoryFilter filter = new HistoryFilter(reverse, Math.min(limit, max), limit > max, inTime(arguments));
        filter.startsAt = publication(arguments, reverse ? "until" : "from");
        filter.startsBehind = publication(arguments, reverse ? "before" : "after");
        filter.endsAt = publication(arguments, reverse ? "from" : "until");
        filter.endsBefore = publication(arguments, reverse ? "after" : "before");
        return filter;
    }

    private static @Nullable Long publication(Arguments arguments, String name) {
        return positive(arguments, name + "_publication").orElse(null);
    }

    private static Optional<Long> positive(Arguments arguments, String name) {
        Optional<Long> value = arguments.keyword(name, Long.class);
        if (value.isPresent() && value.get() < 1) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "'" + name + "' must be positive");
        }
        return value;
    }

    private static Predicate<Instant> inTime(Arguments arguments) {
        Optional<Instant> from = arguments.time("from_time");
        Optional<Instant> after = arguments.time("after_time");
        Optional<Instant> until = arguments.time("until_time");
        Optional<Instant> before = arguments.time("before_time");
        return at -> !(from.isPresent() && at.isBefore(from.get()))
                && !(after.isPresent() && !at.isAfter(after.get()))
                && !(until.isPresent() && at.isAfter(until.get()))
                && !(before.isPresent() && !at.isBefore(before.get()));
    }

    /** Whether events are traversed from the newest to the oldest. */
    boolean reverse() {
        return reverse;
    }

    void accept(Message message) {
        Long publication = RoomEvents.publication(message);
        if (publication.equals(startsAt)) {
            startsAt = null;
        }
        if (publication.equals(endsBefore)) {
            endsBefore = null;
            ended = true;
        }
        if (startsAt == null && startsBehind == null && !ended && !full && inTime.test(message.at())) {
            choose(message);
        }
        if (publication.equals(startsBehind)) {
            startsBehind = null;
        }
        if (publication.equals(endsAt)) {
            endsAt = null;
            ended = true;
        }
    }

    private void choose(Message message) {
        bytes += message.weight();
        if (bytes > MAX_BYTES && !chosen.isEmpty()) {
            full = true;
            partial = true;
            return;
        }
        chosen.add(message);
        if (chosen.size() >= limit) {
            full = true;
            partial = isServerLimit;
        }
    }

    /** Whether no further event can change the result. An end boundary must be reached, since it may not exist. */
    boolean isComplete() {
        return (ended || full) && endsAt == null && endsBefore == null;
    }

    /** Marks the result as partial, since further events exist that are not passed to this filter. */
    void truncate() {
        partial = true;
    }

    /** The selected events. */
    List<Message> chosen() {
        return endsAt == null && endsBefore == null ? chosen : List.of();
    }

    /** Whether a server limit truncated the result. */
    boolean isPartial() {
        return partial;
    }
}
