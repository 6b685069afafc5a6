package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.FEATURE_NOT_SUPPORTED;
import static veche.dialect.wamp.message.Uri.INVALID_ARGUMENT;
import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;
import static veche.dialect.wamp.message.Uri.NO_SUCH_PROCEDURE;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.RpcMessage;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Cancel;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Registration.Callee;

/** The dealer of a realm: routes calls to procedures of the server and to callees, and tracks pending calls. */
final class Dealer {
    private final Map<String, Procedure> builtIn = new ConcurrentHashMap<>();
    private final Registrations registrations;
    private final ScheduledExecutorService scheduler;
    private final RouterLimits limits;
    private final RetentionBudget budget;

    /** @param meta publishes meta events */
    Dealer(
            ScheduledExecutorService scheduler,
            RouterLimits limits,
            RetentionBudget budget,
            BiConsumer<String, Object[]> meta) {
        this.budget = budget;
        this.scheduler = scheduler;
        this.limits = limits;
        this.registrations = new Registrations(limits, budget, meta);
    }

    /** The registrations of all sessions. */
    Registrations registrations() {
        return registrations;
    }

    /** Adds a procedure that the server implements. */
    void offer(String procedure, Procedure answer) {
        builtIn.put(procedure, answer);
    }

    void register(Session callee, Register request) {
        registrations.register(callee, request);
    }

    void unregister(Session callee, Unregister request) {
        registrations.unregister(callee, request);
    }

    /**
     * Removes a session: deletes its registrations, fails the calls that its callers have pending, and abandons its own
     * calls.
     */
    void leave(Session session) {
        registrations.leave(session);
        Invocation.invocations(session).values().forEach(call -> call.fail(Uri.CANCELED, "The callee left"));
        Invocation.calls(session).values().forEach(Invocation::abandon);
    }

    void call(Session caller, Call asRequested, UriGrant grant) {
        Call request = grant.disclosed() ? asRequested.disclosed() : asRequested;
        CallFeatures.checkAnnounced(caller, request.options());
        Procedure procedure = builtIn.get(request.procedure());
        if (procedure != null) {
            answer(caller, request, procedure);
            return;
        }
        if (Invocation.calls(caller).size() >= limits.pending()) {
            throw new WampErrorException(LIMIT_REACHED, "A session has at most " + limits.pending() + " pending calls");
        }
        Registration registration = registrations
                .best(request.procedure())
                .orElseThrow(() -> new WampErrorException(
                        NO_SUCH_PROCEDURE, "No callee is registered for '" + request.procedure() + "'"));
        invoke(caller, request, registration, registration.choose(limits.pending()));
    }

    private static void answer(Session caller, Call request, Procedure procedure) {
        if (request.options().flag("progress")) {
            throw new WampErrorException(
                    FEATURE_NOT_SUPPORTED, "This procedure does not support progressive call invocations");
        }
        answering(procedure, caller, request.payload().portable())
                .whenComplete((result, failure) -> caller.guarded(() -> conclude(caller, request, result, failure)));
    }

    /**
     * Calls a procedure. Arguments are not part of the protocol, so a violation in them becomes
     * {@code wamp.error.invalid_argument}.
     */
    private static CompletionStage<Payload> answering(Procedure procedure, Session caller, Payload arguments) {
        try {
            return procedure.call(caller, arguments);
        } catch (ProtocolViolationException violation) {
            throw new WampErrorException(INVALID_ARGUMENT, Failures.message(violation));
        }
    }

    private static void conclude(Session caller, Call request, Payload result, @Nullable Throwable failure) {
        WampMessage answer = failure == null
                ? new Result(request.request(), Dict.EMPTY, result)
                : ErrorMapper.error(Call.TYPE, request.request(), failure);
        caller.send(answer);
    }

    /** Forwards a further part of a progressive call; ignored where the call has already ended. */
    void more(Session caller, Call request) {
        Invocation pending = Invocation.calls(caller).get(request.request());
        if (pending != null) {
            pending.more(request);
        }
    }

    private void invoke(Session caller, Call request, Registration registration, Callee callee) {
        Session to = callee.session();
        long timeout = Math.min(request.options().integer("timeout").orElse(0), limits.timeoutMillis());
        boolean forwarded = callee.ownTimeout() && to.roles().supports("callee", "call_timeout");
        Map<String, Object> details = CallFeatures.details(caller, request, registration, callee);
        if (forwarded && timeout > 0) {
            details.put("timeout", timeout);
        }
        begin(caller, request, registration, callee, details, forwarded ? 0 : timeout);
    }

    /**
     * Invokes a callee.
     *
     * @param details the entries of INVOCATION's Details
     * @param timeoutMillis the time limit for each result, in milliseconds; 0 for none
     */
    void begin(
            Session caller,
            Call request,
            Registration registration,
            Callee callee,
            Map<String, Object> details,
            long timeoutMillis) {
        Session to = callee.session();
        CallFeatures.checkSupported(to, request.options());
        to.checkReceives(request.payload());
        Invocation invocation =
                new Invocation(caller, callee, request, registration, details, scheduler, timeoutMillis);
        invocation.reserve(budget);
        invocation.begin(request);
        if (to.ended()) {
            invocation.fail(Uri.CANCELED, "The callee left");
        }
        if (caller.ended()) {
            invocation.abandon();
        }
    }

    void cancel(Session caller, Cancel request) {
        String mode = request.options().string("mode").orElse("killnowait");
        Invocation invocation = Invocation.calls(caller).get(request.request());
        if (invocation == null) {
            return;
        }
        switch (mode) {
            case "skip" -> invocation.skip();
            case "kill" -> invocation.kill();
            case "killnowait" -> invocation.killNoWait();
            default -> throw new WampErrorException(INVALID_ARGUMENT, "Unknown cancel mode '" + mode + "'");
        }
    }

    void yield(Session callee, Yield answer) {
        Passthru.checkAnnounced(callee, "callee", answer.options());
        Invocation invocation = invocation(callee, answer.request());
        boolean progress = answer.options().flag("progress");
        if (invocation == null || progress && !invocation.receivesProgress()) {
            return;
        }
        Map<String, Object> attributes = Passthru.of(answer.options());
        if (!attributes.isEmpty() && !Passthru.supported(invocation.caller(), "caller")) {
            invocation.refuse(
                    FEATURE_NOT_SUPPORTED,
                    "The result uses payload passthru mode, which the caller does not support",
                    progress);
        } else if (!invocation.caller().peer().canReceive(answer.payload())) {
            invocation.refuse(INVALID_ARGUMENT, "The caller's serialization cannot represent the result", progress);
        } else if (progress) {
            invocation.progress(attributes, answer.payload());
        } else {
            invocation.result(attributes, answer.payload());
        }
    }

    void error(Session callee, WampMessage.Error answer) {
        if (answer.requestType() != RpcMessage.Invocation.TYPE) {
            throw new ProtocolViolationException("ERROR from a client must refer to an INVOCATION");
        }
        Invocation invocation = invocation(callee, answer.request());
        if (invocation != null && invocation.caller().peer().canReceive(answer.payload())) {
            invocation.fail(new Dict(Passthru.of(answer.details())), answer.error(), answer.payload());
        } else if (invocation != null) {
            invocation.fail(answer.error(), "The caller's serialization cannot represent the error");
        }
    }

    /** Returns null where the invocation has already ended: a late answer is not a protocol violation. */
    private static @Nullable Invocation invocation(Session callee, long id) {
        Invocation invocation = Invocation.invocations(callee).get(id);
        if (invocation == null && !callee.wasInvoked(id)) {
            throw new ProtocolViolationException("Unknown INVOCATION " + id);
        }
        return invocation;
    }
}
