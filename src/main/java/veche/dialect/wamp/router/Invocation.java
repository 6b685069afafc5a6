package veche.dialect.wamp.router;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.RpcMessage;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Interrupt;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Registration.Callee;
import veche.limit.ClientMemory;

/**
 * A pending call between a caller and a callee. The caller receives exactly one final answer; later ones are dropped.
 */
final class Invocation {
    private static final int SMALL_BYTES = 2_048;
    /** The approximate heap size of a pending call without its details. */
    private static final int OVERHEAD_BYTES = 512;

    private static final SessionKey<Map<Long, Invocation>> CALLS = SessionKey.of(ConcurrentHashMap::new);
    private static final SessionKey<Map<Long, Invocation>> INVOCATIONS = SessionKey.of(ConcurrentHashMap::new);

    private final Session caller;
    private final Session callee;
    private final long call;
    private final Registration registration;
    private final boolean receivesProgress;
    private final Map<String, Object> details;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile long id;
    private volatile Runnable reservation = () -> {};
    private final CallTimer timer;

    /**
     * @param details the entries of INVOCATION's Details, for every part of a progressive call
     * @param timeoutMillis the time limit for each of the callee's results, in milliseconds; 0 for none
     */
    Invocation(
            Session caller,
            Callee callee,
            Call request,
            Registration registration,
            Map<String, Object> details,
            ScheduledExecutorService scheduler,
            long timeoutMillis) {
        this.caller = caller;
        this.callee = callee.session();
        this.call = request.request();
        this.registration = registration;
        this.receivesProgress = details.containsKey("receive_progress");
        this.details = details;
        this.timer = new CallTimer(scheduler, timeoutMillis, () -> caller.guarded(this::timeOut));
    }

    /**
     * Accounts the call's details, which are retained until its answer, to the caller; small ones to the node only,
     * because the limit on pending calls bounds those of a session.
     *
     * @throws WampErrorException where they exceed the caller's budget or the node's memory for clients
     */
    void reserve(RetentionBudget account) {
        long bytes = OVERHEAD_BYTES + new Dict(details).heapBytes();
        if (bytes > SMALL_BYTES) {
            account.reserve(ClientMemory.Part.CALL, caller.accountedUser(), bytes);
            reservation = () -> account.release(ClientMemory.Part.CALL, caller.accountedUser(), bytes);
        } else {
            account.reserveCall(bytes);
            reservation = () -> account.releaseCall(bytes);
        }
    }

    /** Returns a caller's pending calls, by the request id of CALL. */
    static Map<Long, Invocation> calls(Session caller) {
        return caller.get(CALLS);
    }

    /** Returns a callee's pending invocations, by the request id of INVOCATION. */
    static Map<Long, Invocation> invocations(Session callee) {
        return callee.get(INVOCATIONS);
    }

    /** Sends the call to the callee. */
    void begin(Call request) {
        calls(caller).put(call, this);
        callee.invoke(number -> {
            id = number;
            invocations(callee).put(number, this);
            return message(request);
        });
        timer.restart();
    }

    /** Sends the next part of a progressive call to the same callee. */
    void more(Call request) {
        if (!callee.peer().canReceive(request.payload())) {
            giveUp(Uri.INVALID_ARGUMENT, "The callee's serialization cannot represent the arguments", true);
        } else if (!answered.get()) {
            callee.send(message(request));
        }
    }

    private WampMessage message(Call request) {
        Map<String, Object> all = new HashMap<>(details);
        if (request.options().flag("progress")) {
            all.put("progress", true);
        }
        return new RpcMessage.Invocation(id, registration.id(), new Dict(all), request.payload());
    }

    /** Whether the caller requested progressive results and the callee announced them; otherwise they are dropped. */
    boolean receivesProgress() {
        return receivesProgress;
    }

    /** Sends a progressive result to the caller. */
    void progress(Map<String, Object> attributes, Payload payload) {
        if (!answered.get()) {
            timer.restart();
            Map<String, Object> all = new HashMap<>(attributes);
            all.put("progress", true);
            caller.send(new Result(call, new Dict(all), payload));
        }
    }

    /** Sends the callee's final result to the caller. */
    void result(Map<String, Object> attributes, Payload payload) {
        finish(new Result(call, new Dict(attributes), payload));
    }

    /** Sends an error of the callee, or of the router in its place, to the caller. */
    void fail(Dict attributes, String uri, Payload payload) {
        finish(new WampMessage.Error(Call.TYPE, call, attributes, uri, payload));
    }

    void fail(String uri, String text) {
        WampErrorException failure = new WampErrorException(uri, text);
        fail(Dict.EMPTY, failure.uri(), failure.payload());
    }

    /**
     * Rejects a result that the caller cannot receive.
     *
     * @param executing whether the callee is still executing the call, and is to be interrupted
     */
    void refuse(String uri, String text, boolean executing) {
        giveUp(uri, text, executing);
    }

    private void finish(WampMessage answer) {
        if (settle()) {
            caller.send(answer);
        }
    }

    /** Ends the call for both sides; returns true the first time only. */
    private boolean settle() {
        invocations(callee).remove(id, this);
        boolean first = answered.compareAndSet(false, true);
        if (first) {
            calls(caller).remove(call, this);
            timer.stop();
            reservation.run();
        }
        return first;
    }

    /** Ends the call without an answer and interrupts the callee, because the caller has left. */
    void abandon() {
        if (settle()) {
            interrupt("killnowait");
        }
    }

    /** Ends the call and interrupts the callee, because nothing that was exchanged with it is certain to arrive. */
    void disconnect() {
        giveUp(Uri.CANCELED, "The connection to the callee's node was interrupted", true);
    }

    /** Ends the call at its timeout. */
    void timeOut() {
        giveUp(Uri.TIMEOUT, "The call timed out", true);
    }

    void skip() {
        giveUp(Uri.CANCELED, "Canceled", false);
        callee.peer().skipped(id);
    }

    void killNoWait() {
        giveUp(Uri.CANCELED, "Canceled", true);
    }

    /** Interrupts the callee and leaves the answer to it, or skips the call where the callee cannot be interrupted. */
    void kill() {
        if (interruptible()) {
            interrupt("kill");
        } else {
            skip();
        }
    }

    private void giveUp(String uri, String text, boolean interrupting) {
        if (settle()) {
            WampErrorException failure = new WampErrorException(uri, text);
            caller.send(new WampMessage.Error(Call.TYPE, call, Dict.EMPTY, uri, failure.payload()));
            if (interrupting) {
                interrupt("killnowait");
            }
        }
    }

    private boolean interruptible() {
        return callee.roles().supports("callee", "call_canceling");
    }

    private void interrupt(String mode) {
        if (interruptible()) {
            callee.send(new Interrupt(id, Dict.of("mode", mode)));
        }
    }

    Session caller() {
        return caller;
    }
}
