package veche.dialect.wamp.v2;

import java.util.LinkedHashMap;
import java.util.Map;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.router.Session;

/**
 * Checks the ids of a session's requests. Strict: they count up by one (basic profile, "Protocol Errors"). Otherwise any
 * id will do that is not pending, because clients exist that draw random ones. Further parts of a progressive call
 * repeat its id (advanced profile, "Verification of CALL Request IDs").
 */
final class RequestIds {
    /** Calls whose last part never came, and so the entries that would stay for as long as the session. */
    private static final int MAX_UNFINISHED = 10_000;

    private final Session session;
    private final boolean strict;
    /** Procedures by the ids of the calls whose last part has not arrived, also of those that have ended. */
    private final Map<Long, String> unfinished = new LinkedHashMap<>();

    private long last;

    RequestIds(Session session, boolean strict) {
        this.session = session;
        this.strict = strict;
    }

    /** Takes the id of a request that will be answered. */
    void take(long request) {
        check(request);
        if (!strict && !session.await(request)) {
            throw pending(request);
        }
    }

    /** Takes the id of a PUBLISH, which is pending only where it will be acknowledged. */
    void take(Publish request) {
        if (request.options().flag("acknowledge")) {
            take(request.request());
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

    /** Takes the id of a new call. */
    void take(Call request) {
        take(request.request());
        unfinished.remove(request.request());
        if (request.options().flag("progress")) {
            unfinished.put(request.request(), request.procedure());
            if (unfinished.size() > MAX_UNFINISHED) {
                unfinished.remove(unfinished.keySet().iterator().next());
            }
        }
    }

    /** Whether a call's id is that of an earlier one, which it continues or meant to continue. */
    boolean repeats(Call request) {
        String procedure = unfinished.get(request.request());
        return procedure != null
                && (procedure.equals(request.procedure()) || strict || session.awaits(request.request()));
    }

    /** Takes a further part of a call; false where it names another procedure and is to be discarded. */
    boolean takeFurther(Call request) {
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
