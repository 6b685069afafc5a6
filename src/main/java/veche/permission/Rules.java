package veche.permission;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.auth.UriPolicy;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.UriAction;
import veche.dialect.wamp.router.UriIndex;
import veche.room.RoomName;
import veche.room.RoomPolicy;
import veche.room.User;
import veche.room.access.Grant;
import veche.room.access.MessageRate;
import veche.room.access.Privilege;

/**
 * The rules in force. What no rule grants is denied, and a denial takes precedence over all grants, so that the order
 * of the rules is irrelevant. Of several ranks and rates, the highest and the most generous apply. Without rules for
 * URIs, URIs are not limited. Immutable.
 */
record Rules(List<Rule<Privilege>> rooms, List<Rule<UriAction>> uris) implements RoomPolicy, UriPolicy {
    /** No rules: every privilege in rooms is denied. */
    static final Rules NONE = new Rules(List.of(), List.of());

    Rules {
        rooms = List.copyOf(rooms);
        uris = List.copyOf(uris);
    }

    /** These rules and others. */
    Rules and(Rules others) {
        return new Rules(
                Stream.concat(rooms.stream(), others.rooms.stream()).toList(),
                Stream.concat(uris.stream(), others.uris.stream()).toList());
    }

    @Override
    public CompletionStage<Grant> grant(User user, RoomName room) {
        EnumSet<Privilege> granted = EnumSet.noneOf(Privilege.class);
        EnumSet<Privilege> denied = EnumSet.noneOf(Privilege.class);
        int rank = 0;
        Optional<MessageRate> rate = Optional.empty();
        for (Rule<Privilege> rule : rooms) {
            if (rule.appliesTo(user, room.value())) {
                granted.addAll(rule.granted());
                denied.addAll(rule.denied());
                rank = Math.max(rank, rule.rank());
                rate = Stream.concat(rate.stream(), rule.rate().stream()).max(MessageRate.GENEROSITY);
            }
        }
        granted.removeAll(denied);
        return CompletableFuture.completedFuture(new Grant(granted, rank, rate, Optional.empty()));
    }

    @Override
    public boolean mayReadAny(User user, String beginning) {
        return any(rooms, user, Privilege.READ, Rule::granted, (u, pattern) -> pattern.meets(u, beginning))
                && !any(rooms, user, Privilege.READ, Rule::denied, (u, pattern) -> pattern.covers(u, beginning));
    }

    @Override
    public CompletionStage<UriGrant> grant(User user, UriAction action, String uri, Match match) {
        return UriGrant.decided(permits(user, action, uri, match));
    }

    boolean permits(User user, UriAction action, String uri, Match match) {
        if (uris.isEmpty()) {
            return true;
        }
        if (match == Match.EXACT) {
            return any(uris, user, action, Rule::granted, (u, pattern) -> pattern.matches(u, uri))
                    && !any(uris, user, action, Rule::denied, (u, pattern) -> pattern.matches(u, uri));
        }
        // A pattern is permitted if all URIs that it can match are.
        String beginning = match == Match.PREFIX ? uri : beginning(uri);
        return any(uris, user, action, Rule::granted, (u, pattern) -> pattern.covers(u, beginning))
                && !any(uris, user, action, Rule::denied, (u, pattern) -> pattern.meets(u, beginning));
    }

    /** The part of a wildcard pattern before its first empty component. */
    private static String beginning(String wildcard) {
        StringBuilder beginning = new StringBuilder();
        for (String component : UriIndex.components(wildcard)) {
            if (component.isEmpty()) {
                break;
            }
            beginning.append(component).append('.');
        }
        return beginning.toString();
    }

    /** Selects the grants or the denials of a rule. */
    private interface Part<P extends Enum<P>> {
        Set<P> of(Rule<P> rule);
    }

    private static <P extends Enum<P>> boolean any(
            List<Rule<P>> rules, User user, P permission, Part<P> part, BiPredicate<User, NamePattern> concerned) {
        return rules.stream()
                .anyMatch(rule -> part.of(rule).contains(permission)
                        && rule.subject().includes(user)
                        && concerned.test(user, rule.pattern()));
    }
}
