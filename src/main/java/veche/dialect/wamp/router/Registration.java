package veche.dialect.wamp.router;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/** A procedure or pattern with its callees (advanced profile, "Shared Registration"). */
public final class Registration implements Directory.Entry {
    /** The invocation policy, which selects one of several callees. */
    enum Policy {
        SINGLE,
        FIRST,
        LAST,
        ROUNDROBIN,
        RANDOM;

        static Policy named(String name) {
            for (Policy policy : values()) {
                if (policy.wireName().equals(name)) {
                    return policy;
                }
            }
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "Unknown invocation policy '" + name + "'");
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A session that implements the procedure.
     *
     * @param ownTimeout whether the callee enforces the caller's timeout itself
     * @param disclosesCaller whether each of its invocations discloses the caller
     */
    public record Callee(Session session, boolean ownTimeout, boolean disclosesCaller) {
        static Callee of(Session session, Dict options) {
            return new Callee(session, options.flag("forward_timeout"), options.flag("disclose_caller"));
        }
    }

    private final long id;
    private final Match match;
    private final String procedure;
    private final Policy policy;
    private final Instant created = Instant.now();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<Callee> callees = List.of();

    Registration(long id, Match match, String procedure, Policy policy) {
        this.id = id;
        this.match = match;
        this.procedure = procedure;
        this.policy = policy;
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

    Policy policy() {
        return policy;
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
        List<Callee> more = new ArrayList<>(callees);
        more.add(callee);
        callees = List.copyOf(more);
    }

    /** Within {@link UriIndex#compute} only. */
    @Override
    public boolean leave(Session session) {
        List<Callee> fewer =
                callees.stream().filter(callee -> callee.session() != session).toList();
        boolean left = fewer.size() < callees.size();
        callees = fewer;
        return left;
    }

    /**
     * Selects the callee of the next call by the policy. A callee at its limit of pending invocations is skipped in
     * favor of the next one.
     *
     * @param maxPending the maximum number of pending invocations per callee
     * @throws WampErrorException where there is no callee, or all of them are at the limit
     */
    Callee choose(int maxPending) {
        List<Callee> candidates = callees;
        int first = candidates.isEmpty() ? 0 : first(candidates.size());
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

    private int first(int size) {
        return switch (policy) {
            case SINGLE, FIRST -> 0;
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
        details.put("invoke", policy.wireName());
        return details;
    }
}
