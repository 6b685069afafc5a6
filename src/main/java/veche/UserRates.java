package veche;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import veche.limit.Rate;
import veche.limit.RateLimiter;
import veche.limit.Refusals;
import veche.room.access.MessageRate;
import veche.room.access.UserLimits;

/** The rates at which users act, by token buckets. Thread-safe; never blocks. */
final class UserRates implements UserLimits {
    /** The rates that grants may set at the same time: with more, the counts start anew. */
    private static final int MAX_GRANTED = 100;

    private record Limit(RateLimiter limiter, LongAdder refused) {}

    private final Map<Action, Limit> limits = new EnumMap<>(Action.class);
    private final Map<MessageRate, RateLimiter> granted = new ConcurrentHashMap<>();
    private final LongAdder refusedMessages;
    private final Predicate<String> exempt;
    private final Set<String> exemptRoles;

    /**
     * Creates the limits.
     *
     * @param rates the maximum rates; an action without one is not limited
     * @param exempt whether connections from an address are not limited
     * @param exemptRoles the roles whose users are not limited
     * @param refusals counts the refused actions
     */
    UserRates(Map<Action, Rate> rates, Predicate<String> exempt, Set<String> exemptRoles, Refusals refusals) {
        this.exempt = exempt;
        this.exemptRoles = Set.copyOf(exemptRoles);
        this.refusedMessages = refusals.counter(name(Action.MESSAGE));
        rates.forEach(
                (action, rate) -> limits.put(action, new Limit(new RateLimiter(rate), refusals.counter(name(action)))));
    }

    /** The name of an action's setting without {@code veche.limit.}. */
    static String name(Action action) {
        return action.name().toLowerCase(Locale.ROOT).replace('_', '-') + "s-per-user";
    }

    /** The rates by default. */
    static Rate standard(Action action) {
        return Rate.of(
                switch (action) {
                    case MESSAGE -> "50/s burst 200";
                    case JOIN -> "50/s burst 1000";
                    case ROOM -> "10/m burst 50";
                    case REQUEST -> "200/s burst 2000";
                    case ATTACHMENT_BYTE -> "1073741824/d";
                });
    }

    @Override
    public UserLimits from(String address, List<String> roles) {
        return exempt.test(address) || !Collections.disjoint(exemptRoles, roles) ? NONE : this;
    }

    @Override
    public Optional<Duration> take(Action action, String author, long permits) {
        return refusal(action, limiter -> limiter.refusal(author, permits));
    }

    @Override
    public Optional<Duration> takeMessage(MessageRate rate, String author, String room) {
        if (rate.equals(MessageRate.UNLIMITED)) {
            return Optional.empty();
        }
        Optional<Duration> refusal = limiter(rate).refusal(room + " " + author);
        refusal.ifPresent(wait -> refusedMessages.increment());
        return refusal;
    }

    private RateLimiter limiter(MessageRate rate) {
        RateLimiter known = granted.get(rate);
        if (known != null) {
            return known;
        }
        if (granted.size() >= MAX_GRANTED) {
            granted.clear();
        }
        return granted.computeIfAbsent(
                rate, unseen -> new RateLimiter(new Rate(unseen.permits(), unseen.period(), unseen.burst())));
    }

    @Override
    public void giveBack(Action action, String author, long permits) {
        Limit limit = limits.get(action);
        if (limit != null) {
            limit.limiter().giveBack(author, permits);
        }
    }

    @Override
    public Optional<Duration> wait(Action action, String author) {
        return refusal(action, limiter -> limiter.wait(author));
    }

    private Optional<Duration> refusal(Action action, Function<RateLimiter, Optional<Duration>> question) {
        Limit limit = limits.get(action);
        if (limit == null) {
            return Optional.empty();
        }
        Optional<Duration> refusal = question.apply(limit.limiter());
        refusal.ifPresent(wait -> limit.refused().increment());
        return refusal;
    }
}
