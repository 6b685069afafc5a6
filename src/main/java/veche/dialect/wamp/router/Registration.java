package veche.dialect.wamp.router;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/** A procedure or pattern with its callees (advanced profile, "Shared Registration"). */
public final class Registration implements Directory.Entry {
    /** The invocation policy, which selects one of several callees. */
    public enum Policy {
        SINGLE,
        FIRST,
        LAST,
        ROUNDROBIN,
        RANDOM;

        /** @throws WampErrorException {@code wamp.error.invalid_argument}, where there is no such policy */
        public static Policy named(String name) {
            for (Policy policy : values()) {
                if (policy.wireName().equals(name)) {
                    return policy;
                }
            }
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "Unknown invocation policy '" + name + "'");
        }

        /** The name in the option {@code invoke}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A session that implements the procedure.
     *
     * @param policy as the callee registered
     * @param number the order of registrations over all nodes; {@link #UNNUMBERED} for a callee of this node only
     * @param ownTimeout whether the callee enforces the caller's timeout itself
     * @param disclosesCaller whether each of its invocations discloses the caller
     */
    public record Callee(Session session, Policy policy, long number, boolean ownTimeout, boolean disclosesCaller) {
        /** The number of callees that other nodes do not know. */
        public static final long UNNUMBERED = 0;

        static Callee of(Session session, Policy policy, Dict options) {
            return new Callee(
                    session, policy, UNNUMBERED, options.flag("forward_timeout"), options.flag("disclose_caller"));
        }

        Callee numbered(long assigned) {
            return new Callee(session, policy, assigned, ownTimeout, disclosesCaller);
        }

        boolean isNumbered() {
            return number != UNNUMBERED;
        }

        /** Whether it is a client of this node that other nodes may invoke. */
        boolean isShared() {
            return isNumbered() && session.isListed();
        }
    }

    private final long id;
    private final Match match;
    private final String procedure;
    private final RegistrationCoordinator coordinator;
    private final Instant created = Instant.now();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Callee> callees = List.of();

    Registration(long id, Match match, String procedure, RegistrationCoordinator coordinator) {
        this.id = id;
        this.match = match;
        this.procedure = procedure;
        this.coordinator = coordinator;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Match match() {
        return match;
    }

    /** The procedure or pattern. */
    @Override
    public String uri() {
        return procedure;
    }

    /** The policy of its callees, of the latest one while they change. */
    Policy policy() {
        return policy(callees);
    }

    private static Policy policy(List<Callee> some) {
        return some.isEmpty() ? Policy.SINGLE : some.get(some.size() - 1).policy();
    }

    /** The callees in the order of their registration. */
    public List<Callee> callees() {
        return callees;
    }

    @Override
    public boolean isEmpty() {
        return callees.isEmpty();
    }

    /** Within {@link UriIndex#compute} only. */
    void join(Callee callee) {
        callees = Stream.concat(callees.stream(), Stream.of(callee))
                .sorted(Comparator.comparingLong(Callee::number))
                .toList();
        if (callee.isShared()) {
            coordinator.joined(this, callee);
        }
    }

    /** Within {@link UriIndex#compute} only. */
    @Override
    public boolean leave(Session session) {
        Optional<Callee> leaving = of(session);
        leaving.ifPresent(callee -> {
            callees =
                    callees.stream().filter(other -> other.session() != session).toList();
            if (callee.isShared()) {
                coordinator.left(this, callee);
            }
        });
        return leaving.isPresent();
    }

    /** The registration of a session. */
    Optional<Callee> of(Session session) {
        return callees.stream().filter(callee -> callee.session() == session).findFirst();
    }

    /** The clients of this node that other nodes may invoke. */
    Stream<Callee> shared() {
        return callees.stream().filter(Callee::isShared);
    }

    /**
     * Selects the callee of the next call by the policy. A callee at its limit of pending invocations is skipped in
     * favor of the next one. Of several callees with the policy {@code single}, one of this node only precedes;
     * otherwise the latest claim does, since the others have been released by nodes whose message is on its way.
     *
     * @param maxPending the maximum number of pending invocations per callee
     * @throws WampErrorException where there is no callee, or all of them are at the limit
     */
    Callee choose(int maxPending) {
        List<Callee> candidates = callees;
        int first = candidates.isEmpty() ? 0 : first(candidates);
        for (int i = 0; i < candidates.size(); i++) {
            Callee callee = candidates.get((first + i) % candidates.size());
            if (Invocation.invocations(callee.session()).size() < maxPending) {
                return callee;
            }
        }
        throw candidates.isEmpty()
                ? new WampErrorException(Uri.NO_SUCH_PROCEDURE, "No callee is registered for '" + procedure + "'")
                : new WampErrorException(Uri.UNAVAILABLE, "All callees of '" + procedure + "' are busy");
    }

    private int first(List<Callee> candidates) {
        int size = candidates.size();
        return switch (policy(candidates)) {
            case SINGLE -> candidates.get(0).isNumbered() ? size - 1 : 0;
            case FIRST -> 0;
            case LAST -> size - 1;
            case ROUNDROBIN -> Math.floorMod(turn.getAndIncrement(), size);
            case RANDOM -> ThreadLocalRandom.current().nextInt(size);
        };
    }

    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", id);
        details.put("created", created.toString());
        details.put("uri", procedure);
        details.put("match", match.wireName());
        details.put("invoke", policy().wireName());
        return details;
    }
}
