package veche.permission;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import veche.limit.Rate;
import veche.room.access.Grant;
import veche.room.access.MessageRate;
import veche.room.access.Privilege;

/**
 * Parses the terms of a rule after its subject and its pattern: permissions, with a hyphen for denied ones, and in
 * rooms {@code rank=50} and {@code rate=5/s}, {@code rate=5/s burst 20} or {@code rate=off}.
 *
 * @param <P> the permissions
 */
final class RuleTerms<P extends Enum<P>> {
    private static final String RANK = "rank=";
    private static final String RATE = "rate=";
    private static final String BURST = "burst";
    private static final String UNLIMITED = "off";

    private final boolean rooms;
    private final Function<String, Set<P>> named;
    private final EnumSet<P> granted;
    private final EnumSet<P> denied;
    private int rank;
    private Optional<MessageRate> rate = Optional.empty();

    private RuleTerms(Class<P> permissions, Function<String, Set<P>> named) {
        this.rooms = permissions == Privilege.class;
        this.named = named;
        this.granted = EnumSet.noneOf(permissions);
        this.denied = EnumSet.noneOf(permissions);
    }

    /**
     * @param named the permission or the group of permissions with a name
     * @throws IllegalArgumentException if a term or the subject is invalid
     */
    static <P extends Enum<P>> Rule<P> rule(
            String subject,
            NamePattern pattern,
            List<String> terms,
            Class<P> permissions,
            Function<String, Set<P>> named) {
        RuleTerms<P> parsed = new RuleTerms<>(permissions, named);
        for (Iterator<String> rest = terms.iterator(); rest.hasNext(); ) {
            parsed.add(rest.next(), rest);
        }
        return new Rule<>(Subject.of(subject), pattern, parsed.granted, parsed.denied, parsed.rank, parsed.rate);
    }

    private void add(String term, Iterator<String> rest) {
        if (rooms && term.startsWith(RANK)) {
            rank = rank(term.substring(RANK.length()));
        } else if (rooms && term.startsWith(RATE)) {
            rate = Optional.of(rate(term.substring(RATE.length())));
        } else if (term.equals(BURST)) {
            rate = Optional.of(rate.filter(given -> rest.hasNext())
                    .map(given -> rate(given + " " + BURST + " " + rest.next()))
                    .orElseThrow(
                            () -> new IllegalArgumentException("'burst' must follow a rate and precede a number")));
        } else {
            boolean denies = term.startsWith("-");
            (denies ? denied : granted).addAll(named.apply(denies ? term.substring(1) : term));
        }
    }

    private static int rank(String text) {
        if (!text.matches("\\d{1,2}")) {
            throw new IllegalArgumentException("rank must be from 0 to " + Grant.MAX_RANK);
        }
        return Integer.parseInt(text);
    }

    private static MessageRate rate(String text) {
        if (text.equals(UNLIMITED)) {
            return MessageRate.UNLIMITED;
        }
        Rate parsed = Rate.of(text);
        return new MessageRate(parsed.permits(), parsed.period(), parsed.burst());
    }
}
