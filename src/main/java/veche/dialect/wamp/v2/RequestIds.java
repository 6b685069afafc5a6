package veche.dialect.wamp.v2;

import java.util.LinkedHashMap;
import java.util.Map;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.router.Session;

/**
 * Checks the IDs of a session's requests. In strict mode, they must be sequential (basic profile, "Protocol Errors").
 * Otherwise, any ID that is not pending is accepted, because some clients use random IDs. Continuations of a
 * progressive call repeat its ID (advanced profile, "Verification of CALL Request IDs").
 */
final class RequestIds {
    /** The maximum number of unfinished calls; entries of calls that are never finished would otherwise accumulate. */
    private static final int MAX_UNFINISHED = 10_000;

    private final Session session;
    private final boolean strict;
    /** Procedures by call ID, for calls whose final part has not been received, even if the call has completed. */
    private final Map<Long, String> unfinished = new LinkedHashMap<>();

    private long last;

    RequestIds(Session session, boolean strict) {
        this.session = session;
        this.strict = strict;
    }

    /** Accepts the ID of a request that requires a reply. */
    void accept(long request) {
        check(request);
        if (!strict && !session.await(request)) {
            throw pending(request);
        }
    }

    /** Accepts the ID of a PUBLISH, which is pending only if acknowledgment is requested. */
    void accept(Publish request) {
        if (request.options().flag("acknowledge")) {
            accept(request.request());
        } else {
            check(request.request());
        }
    }

    private void check(long request) {
        long expected = Ids.after(last);
        if (strict && request != expected) {
            throw new ProtocolViolationException("Request id " + request + " instead of " + expected);
        }
        if (session.awaits(request)) {
            throw pending(request);
        }
        last = request;
    }

    private static ProtocolViolationException pending(long request) {
        return new ProtocolViolationException("Request id " + request + " is pending");
    }

    /** Accepts the ID of a new call. */
    void accept(Call request) {
        accept(request.request());
        unfinished.remove(request.request());
        if (request.options().flag("progress")) {
            unfinished.put(request.request(), request.procedure());
            if (unfinished.size() > MAX_UNFINISHED) {
                unfinished.remove(unfinished.keySet().iterator().next());
            }
        }
    }

    /** Whether the call repeats the ID of an earlier call, which it continues or attempts to continue. */
    boolean repeats(Call request) {
        String procedure = unfinished.get(request.request());
        return procedure != null
                && (procedure.equals(request.procedure()) || strict || session.awaits(request.request()));
    }

    /** Accepts a continuation of a call; returns false if it names another procedure and must be discarded. */
    boolean acceptContinuation(Call request) {
        if (!request.procedure().equals(unfinished.get(request.request()))) {
            if (strict) {
                throw new ProtocolViolationException("Call " + request.request() + " continues with another procedure");
            }
            return false;
        }
        if (!request.options().flag("progress")) {
            unfinished.remove(request.request());
        }
        return true;
    }
}
