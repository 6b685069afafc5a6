package veche.dialect.wamp.router;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import veche.dialect.wamp.message.Dict;

/**
 * The sessions that may receive a publication: those on no blacklist and on every whitelist that is given (advanced
 * profile, "Subscriber Black- and Whitelisting"). Immutable.
 */
@FunctionalInterface
public interface Recipients {
    /** All sessions. Compared by identity. */
    Recipients ALL = session -> true;

    /** Whether a session may receive the publication. */
    boolean include(Session session);

    /** All sessions but one, the usual case. */
    record AllBut(long session) implements Recipients {
        @Override
        public boolean include(Session other) {
            return other.id() != session;
        }
    }

    /** Recipients selected by blacklists and whitelists. */
    record Lists(
            Set<Long> exclude,
            Set<String> excludeAuthid,
            Set<String> excludeAuthrole,
            Optional<Set<Long>> eligible,
            Optional<Set<String>> eligibleAuthid,
            Optional<Set<String>> eligibleAuthrole)
            implements Recipients {
        /** Whether sessions other than the given one may be excluded. */
        public boolean excludeOthersThan(long session) {
            return eligible.isPresent()
                    || eligibleAuthid.isPresent()
                    || eligibleAuthrole.isPresent()
                    || !excludeAuthid.isEmpty()
                    || !excludeAuthrole.isEmpty()
                    || exclude.stream().anyMatch(excluded -> excluded != session);
        }

        @Override
        public boolean include(Session session) {
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

    /**
     * Returns the recipients in PUBLISH's options.
     *
     * @param publisher the publishing session's id, excluded unless {@code exclude_me} is false; 0 for the router
     *     itself
     */
    static Recipients of(Dict options, long publisher) {
        boolean excludeMe = publisher != 0 && options.flag("exclude_me", true);
        if (options.entries().keySet().stream().noneMatch(Recipients::isList)) {
            return excludeMe ? new AllBut(publisher) : ALL;
        }
        Set<Long> exclude = set(options.list("exclude", Long.class)).orElseGet(HashSet::new);
        if (excludeMe) {
            exclude.add(publisher);
        }
        return new Lists(
                exclude,
                set(options.list("exclude_authid", String.class)).orElseGet(Set::of),
                set(options.list("exclude_authrole", String.class)).orElseGet(Set::of),
                set(options.list("eligible", Long.class)),
                set(options.list("eligible_authid", String.class)),
                set(options.list("eligible_authrole", String.class)));
    }

    /**
     * Returns the recipients of a publication in WAMP v1: all sessions that are not excluded and, where a whitelist is
     * given, eligible.
     */
    static Recipients sessions(Set<Long> exclude, Optional<Set<Long>> eligible) {
        return new Lists(exclude, Set.of(), Set.of(), eligible, Optional.empty(), Optional.empty());
    }

    private static boolean isList(String option) {
        return option.startsWith("eligible") || option.startsWith("exclude") && !option.equals("exclude_me");
    }

    private static <T> Optional<Set<T>> set(Optional<List<T>> list) {
        return list.map(HashSet::new);
    }
}
