package veche.dialect.wamp.router;

import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import veche.dialect.wamp.message.RpcMessage;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Registration.Callee;

/**
 * Calls between nodes. Each of the two nodes represents the client of the other one by a session: the caller's node the
 * callee, so that the caller is routed to it like to any other, and the callee's node the caller. Such sessions are not
 * listed and have no permissions: those are examined on the client's own node. Thread-safe, but the methods for one
 * session are called sequentially.
 */
public final class RemoteCalls {
    private static final Principal OTHER_NODE = () -> "node";
    private static final String KIND = "node";

    private final Dealer dealer;
    private final SessionRequests.Context context;

    RemoteCalls(Dealer dealer, SessionRequests.Context context) {
        this.dealer = dealer;
        this.context = context;
    }

    /** Sets what coordinates the registrations of this node with the others, before there are any. */
    public void coordinate(RegistrationCoordinator coordinator) {
        dealer.registrations().coordinate(coordinator);
    }

    /** Passes the registrations of all clients of this node, in the order of changes of each registration. */
    public void forEachRegistration(BiConsumer<Registration, Callee> consumer) {
        dealer.registrations().forEachShared(consumer);
    }

    /**
     * Creates the session of a client of another node.
     *
     * @param id the id of the session there
     * @param peer receives INVOCATION and INTERRUPT for a callee, RESULT and ERROR for a caller
     */
    public Session open(long id, Roles roles, Peer peer) {
        Identity identity = new Identity(KIND, KIND, KIND, KIND, Map.of(), OTHER_NODE, List.of(), true);
        return new Session(id, identity, roles, peer, context, false);
    }

    /** Ends the session of a callee that has no registrations any more, and fails its invocations. */
    public void closeCallee(Session callee) {
        callee.end();
        Invocation.invocations(callee).values().forEach(call -> call.fail(Uri.CANCELED, "The callee's node was lost"));
    }

    /** Fails the present invocations of a callee, whose answers may have been lost. */
    public void disconnect(Session callee) {
        List.copyOf(Invocation.invocations(callee).values()).forEach(Invocation::disconnect);
    }

    /** Whether invocations of a callee are pending. */
    public boolean isInvoked(Session callee) {
        return !Invocation.invocations(callee).isEmpty();
    }

    /** Whether calls of a caller are pending. */
    public boolean isCalling(Session caller) {
        return !Invocation.calls(caller).isEmpty();
    }

    /** Ends the session of a caller, and interrupts those that it calls. */
    public void closeCaller(Session caller) {
        caller.end();
        Invocation.calls(caller).values().forEach(Invocation::abandon);
    }

    /** Ends a registration of a client of this node, which another node has claimed. */
    public void revoke(Session callee, Match match, String procedure) {
        dealer.registrations()
                .revoke(callee, match, procedure, Map.of("reason", "Another node has registered the procedure"));
    }

    /** Adds a callee of another node to a registration. Replaces an earlier registration of that callee. */
    public void register(Callee callee, Match match, String procedure) {
        dealer.registrations().joinRemote(callee, match, procedure);
    }

    /** Removes a callee of another node from a registration. */
    public void unregister(Session callee, Match match, String procedure) {
        dealer.registrations().leaveRemote(callee, match, procedure);
    }

    /**
     * Invokes a callee of this node.
     *
     * @param pattern the procedure or pattern that it has registered
     * @param call the request, whose options are the details of the invocation
     * @throws WampErrorException where the callee has not registered the procedure, or cannot be invoked
     */
    public void invoke(Session caller, long callee, Match match, String pattern, Call call) {
        Registration registration =
                dealer.registrations().index().get(match, pattern).orElseThrow(() -> notRegistered(pattern));
        Callee invoked = registration.callees().stream()
                .filter(candidate -> candidate.session().id() == callee && candidate.isShared())
                .findFirst()
                .orElseThrow(() -> notRegistered(pattern));
        if (Invocation.invocations(invoked.session()).size() >= context.limits().pending()) {
            throw new WampErrorException(Uri.UNAVAILABLE, "The callee of '" + pattern + "' is busy");
        }
        Map<String, Object> details = new HashMap<>(call.options().entries());
        details.remove("progress");
        dealer.begin(caller, call, registration, invoked, details, 0);
    }

    private static WampErrorException notRegistered(String pattern) {
        return new WampErrorException(Uri.NO_SUCH_PROCEDURE, "The callee of '" + pattern + "' has left");
    }

    /** A further part of a progressive call. */
    public void more(Session caller, Call call) {
        dealer.more(caller, call);
    }

    /** CANCEL. */
    public void cancel(Session caller, Cancel request) {
        dealer.cancel(caller, request);
    }

    /** A result of a callee of another node. */
    public void result(Session callee, Yield result) {
        dealer.yield(callee, result);
    }

    /** An error of a callee of another node. */
    public void error(Session callee, WampMessage.Error error) {
        dealer.error(callee, error);
    }

    /** The registration that an invocation names: a procedure or pattern. */
    public Optional<Registration> registration(RpcMessage.Invocation invocation) {
        return dealer.registrations().byId(invocation.registration());
    }
}
