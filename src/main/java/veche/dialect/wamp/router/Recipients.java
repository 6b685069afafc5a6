package veche.dialect.wamp.router;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.room.Audience;

/**
 * Who hears a publication: those not on a black list and on every white list that is given (advanced profile,
 * "Subscriber Black- and Whitelisting"). A listener without a session hears what has no white list.
 */
public record Recipients(
        Set<Long> exclude,
        Set<String> excludeAuthid,
        Set<String> excludeAuthrole,
        Optional<Set<Long>> eligible,
        Optional<Set<String>> eligibleAuthid,
        Optional<Set<String>> eligibleAuthrole)
        implements Audience {

    /** All but one session: the usual case. */
    private record AllBut(long session) implements Audience {
        @Override
        public boolean admits(Object listener) {
            return !(listener instanceof Session other) || other.id() != session;
        }
    }

    /**
     * As PUBLISH's options have it.
     *
     * @param publisher the publishing session's id, left out unless {@code exclude_me} is false; 0 for the router itself
     */
    public static Audience of(Dict options, long publisher) {
        boolean excludeMe = publisher != 0 && options.flag("exclude_me", true);
        if (options.entries().keySet().stream().noneMatch(Recipients::lists)) {
            return excludeMe ? new AllBut(publisher) : Audience.EVERYONE;
        }
        Set<Long> exclude = set(options.list("exclude", Long.class)).orElseGet(HashSet::new);
        if (excludeMe) {
            exclude.add(publisher);
        }
        return new Recipients(
                exclude,
                set(options.list("exclude_authid", String.class)).orElseGet(Set::of),
                set(options.list("exclude_authrole", String.class)).orElseGet(Set::of),
                set(options.list("eligible", Long.class)),
                set(options.list("eligible_authid", String.class)),
                set(options.list("eligible_authrole", String.class)));
    }

    /** As WAMP v1 has it: everyone not excluded and, where that is given, eligible. */
    public static Audience sessions(Set<Long> exclude, Optional<Set<Long>> eligible) {
        return new Recipients(exclude, Set.of(), Set.of(), eligible, Optional.empty(), Optional.empty());
    }

    /**
     * Checks that a publication to a durable room is for everyone who may read it; the publisher itself may be left out.
     * Lists hold for the sessions of this moment, but a room's messages are read later too, by history, search and
     * resumption (advanced profile, "Event History", "Security Aspects").
     *
     * @throws WampErrorException {@code wamp.error.option_not_allowed}
     */
    static void checkForRoom(Audience audience, long publisher) {
        if (audience instanceof Recipients recipients && recipients.restrict(publisher)) {
            throw new WampErrorException(
                    Uri.OPTION_NOT_ALLOWED,
                    "A room's messages are for all who may read it: exclude and eligible are not allowed");
        }
    }

    private boolean restrict(long publisher) {
        return whitelisted()
                || !excludeAuthid.isEmpty()
                || !excludeAuthrole.isEmpty()
                || exclude.stream().anyMatch(session -> session != publisher);
    }

    private static boolean lists(String option) {
        return option.startsWith("eligible") || option.startsWith("exclude") && !option.equals("exclude_me");
    }

    private static <T> Optional<Set<T>> set(Optional<List<T>> list) {
        return list.map(HashSet::new);
    }

    @Override
    public boolean admits(Object listener) {
        return listener instanceof Session session ? admits(session) : !whitelisted();
    }

    private boolean whitelisted() {
        return eligible.isPresent() || eligibleAuthid.isPresent() || eligibleAuthrole.isPresent();
    }

    private boolean admits(Session session) {
        Identity identity = session.identity();
        boolean excluded = exclude.contains(session.id())
                || excludeAuthid.contains(identity.authid())
                || excludeAuthrole.contains(identity.authrole());
        return !excluded
                && among(eligible, session.id())
                && among(eligibleAuthid, identity.authid())
                && among(eligibleAuthrole, identity.authrole());
    }

    private static <T> boolean among(Optional<Set<T>> whitelist, T value) {
        return whitelist.isEmpty() || whitelist.get().contains(value);
    }
}
