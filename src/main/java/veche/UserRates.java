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
import veche.limit.Rate;
import veche.limit.RateLimiter;
import veche.limit.Refusals;
import veche.room.access.MessageRate;
import veche.room.access.UserLimits;

/** The rates at which users act, by token buckets. Thread-safe; never blocks. */
final class UserRates implements UserLimits {
    /** The rates that grants may set at the same time: with more, the counts start anew. */
    private static final int MAX_GRANTED = 100;

    /**
     * The limits.
     *
     * @param perUser the maximum rates; an action without one is not limited
     * @param guestsPerAddress the rate of all guests of one client address in multiples of that of a user; 0 for
     *     unlimited
     * @param attachmentBytesPerAddress the maximum rate of the bytes of files from one client address; empty for any
     */
    record Limits(Map<Action, Rate> perUser, int guestsPerAddress, Optional<Rate> attachmentBytesPerAddress) {}

    private final Map<Action, CountedRate> limits = new EnumMap<>(Action.class);
    private final AddressRates addresses;
    private final Map<MessageRate, CountedRate> granted = new ConcurrentHashMap<>();
    private final LongAdder refusedMessages;
    private final Function<String, Optional<String>> address;
    private final Set<String> exemptRoles;

    /**
     * Creates the limits.
     *
     * @param address the key of a client address; empty if connections from it are not limited
     * @param exemptRoles the roles whose users are not limited
     * @param refusals counts the refused actions
     */
    UserRates(Limits rates, Function<String, Optional<String>> address, Set<String> exemptRoles, Refusals refusals) {
        this.address = address;
        this.exemptRoles = Set.copyOf(exemptRoles);
        this.refusedMessages = refusals.counter(name(Action.MESSAGE));
        this.addresses = new AddressRates(rates, refusals);
        rates.perUser()
                .forEach((action, rate) ->
                        limits.put(action, new CountedRate(new RateLimiter(rate), refusals.counter(name(action)))));
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
    public UserLimits from(String client, List<String> roles) {
        return Collections.disjoint(exemptRoles, roles)
                ? address.apply(client).map(key -> addresses.limit(this, key)).orElse(NONE)
                : NONE;
    }

    @Override
    public Optional<Duration> take(Action action, String author, long permits) {
        CountedRate limit = limits.get(action);
        return limit == null ? Optional.empty() : limit.take(author, permits);
    }

    @Override
    public Optional<Duration> takeMessage(MessageRate rate, String author, String room) {
        if (rate.equals(MessageRate.UNLIMITED)) {
            return Optional.empty();
        }
        return granted(rate).take(room + " " + author, 1);
    }

    private CountedRate granted(MessageRate rate) {
        CountedRate known = granted.get(rate);
        if (known != null) {
            return known;
        }
        if (granted.size() >= MAX_GRANTED) {
            granted.clear();
        }
        return granted.computeIfAbsent(
                rate,
                unseen -> new CountedRate(
                        new RateLimiter(new Rate(unseen.permits(), unseen.period(), unseen.burst())), refusedMessages));
    }

    @Override
    public void giveBack(Action action, String author, long permits) {
        CountedRate limit = limits.get(action);
        if (limit != null) {
            limit.giveBack(author, permits);
        }
    }

    @Override
    public Optional<Duration> wait(Action action, String author) {
        CountedRate limit = limits.get(action);
        return limit == null ? Optional.empty() : limit.wait(author);
    }
}
