package veche.dialect.wamp.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.room.Message;

/**
 * Chooses among the events of a history, which it takes in the order of traversal. All conditions hold at the same time; a
 * publication that is named and not there leaves nothing. Not thread-safe.
 */
final class HistoryFilter {
    private static final long MOST_BYTES = 4 << 20;

    private final boolean reverse;
    private final long limit;
    private final boolean limitIsOurs;
    private final Predicate<Instant> inTime;
    private final List<Message> chosen = new ArrayList<>();
    /** Publications that bound the answer, each null where there is none or once it has passed. */
    private Long startsAt;

    private Long startsBehind;
    private Long endsAt;
    private Long endsBefore;
    private boolean ended;
    private boolean full;
    private boolean partial;
    private long bytes;

    private HistoryFilter(boolean reverse, long limit, boolean limitIsOurs, Predicate<Instant> inTime) {
        this.reverse = reverse;
        this.limit = limit;
        this.limitIsOurs = limitIsOurs;
        this.inTime = inTime;
    }

    /** @param most the most events of an answer, whatever is asked for */
    static HistoryFilter of(Arguments arguments, int most) {
        boolean reverse = Boolean.TRUE.equals(arguments.keyword("reverse", Boolean.class));
        long limit = positive(arguments, "limit").orElse(Long.MAX_VALUE);
        HistoryFilter filter = new HistoryFilter(reverse, Math.min(limit, most), limit > most, inTime(arguments));
        filter.startsAt = publication(arguments, reverse ? "until" : "from");
        filter.startsBehind = publication(arguments, reverse ? "before" : "after");
        filter.endsAt = publication(arguments, reverse ? "from" : "until");
        filter.endsBefore = publication(arguments, reverse ? "after" : "before");
        return filter;
    }

    private static Long publication(Arguments arguments, String name) {
        return positive(arguments, name + "_publication").orElse(null);
    }

    private static Optional<Long> positive(Arguments arguments, String name) {
        Optional<Long> value = Optional.ofNullable(arguments.keyword(name, Long.class));
        if (value.isPresent() && value.get() < 1) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "'" + name + "' is not positive");
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

    /** Whether the newest events come first. */
    boolean reverse() {
        return reverse;
    }

    void take(Message message) {
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
        if (bytes > MOST_BYTES && !chosen.isEmpty()) {
            full = true;
            partial = true;
            return;
        }
        chosen.add(message);
        if (chosen.size() >= limit) {
            full = true;
            partial = limitIsOurs;
        }
    }

    /** Whether no further event can change the answer. An end that is still to come may not be there at all. */
    boolean isComplete() {
        return (ended || full) && endsAt == null && endsBefore == null;
    }

    /** There are further events, which will not be given to this filter. */
    void breakOff() {
        partial = true;
    }

    /** The answer. */
    List<Message> chosen() {
        return endsAt == null && endsBefore == null ? chosen : List.of();
    }

    /** Whether a limit of the server ended the answer. */
    boolean isPartial() {
        return partial;
    }
}
