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

/** A call on its way between caller and callee. The caller gets one final answer, whoever gives it first. */
final class Invocation {
    private static final int SMALL_BYTES = 2_048;
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
     * @param details what goes into INVOCATION's Details, of every part of a progressive call
     * @param timeoutMillis how long the callee may take for each of its results; 0 for any time
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
     * Accounts attributes of the call, which are kept until its answer, to the caller; small ones are bounded by the number
     * of pending calls.
     *
     * @throws WampErrorException where they are too large
     */
    void reserve(RetentionBudget account) {
        long bytes = new Dict(details).heapBytes();
        if (bytes > SMALL_BYTES) {
            account.reserve(caller.accountedUser(), bytes);
            reservation = () -> account.release(caller.accountedUser(), bytes);
        }
    }

    /** A caller's unanswered calls by the id of CALL. */
    static Map<Long, Invocation> calls(Session caller) {
        return caller.get(CALLS);
    }

    /** A callee's unanswered invocations by the id of INVOCATION. */
    static Map<Long, Invocation> invocations(Session callee) {
        return callee.get(INVOCATIONS);
    }

    /** Hands the call to the callee. */
    void begin(Call request) {
        calls(caller).put(call, this);
        callee.invoke(number -> {
            id = number;
            invocations(callee).put(number, this);
            return message(request);
        });
        timer.restart();
    }

    /** Hands the next part of a progressive call to the same callee. */
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

    /** Whether the caller asked for parts of the result, and the callee announced them; others are dropped. */
    boolean receivesProgress() {
        return receivesProgress;
    }

    /** A part of the result. */
    void progress(Map<String, Object> attributes, Payload payload) {
        if (!answered.get()) {
            timer.restart();
            Map<String, Object> all = new HashMap<>(attributes);
            all.put("progress", true);
            caller.send(new Result(call, new Dict(all), payload));
        }
    }

    /** The callee's result. */
    void result(Map<String, Object> attributes, Payload payload) {
        finish(new Result(call, new Dict(attributes), payload));
    }

    /** The callee's error, or the router's in its place. */
    void fail(Dict attributes, String uri, Payload payload) {
        finish(new WampMessage.Error(Call.TYPE, call, attributes, uri, payload));
    }

    void fail(String uri, String text) {
        WampErrorException failure = new WampErrorException(uri, text);
        fail(Dict.EMPTY, failure.uri(), failure.payload());
    }

    /** A result that the caller cannot receive; a callee that is still at work is interrupted. */
    void refuse(String uri, String text, boolean atWork) {
        giveUp(uri, text, atWork);
    }

    private void finish(WampMessage answer) {
        if (settle()) {
            caller.send(answer);
        }
    }

    /** Takes the call off both sides; true for the first who does. */
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

    /** The caller is gone: nobody waits for an answer. */
    void abandon() {
        if (settle()) {
            interrupt("killnowait");
        }
    }

    /** The callee took too long. */
    void timeOut() {
        giveUp(Uri.TIMEOUT, "The callee took too long", true);
    }

    void skip() {
        giveUp(Uri.CANCELED, "Canceled", false);
    }

    void killNoWait() {
        giveUp(Uri.CANCELED, "Canceled", true);
    }

    /** Leaves the answer to the callee, if it can be interrupted. */
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
