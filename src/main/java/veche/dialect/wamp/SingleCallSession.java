package veche.dialect.wamp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.auth.Identities;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Published;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Delivery;
import veche.dialect.wamp.router.Identity;
import veche.dialect.wamp.router.Peer;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.room.RefusedException;
import veche.room.User;

/**
 * A short-lived WAMP session for a single call or publication on behalf of a client of another protocol. It has the
 * permissions of that client.
 */
final class SingleCallSession implements Peer {
    private static final System.Logger LOG = System.getLogger(SingleCallSession.class.getName());
    private static final String NAME = "call";

    private final CompletableFuture<Realm.Arguments> outcome = new CompletableFuture<>();
    private final Executor executor;
    private final String address;

    private SingleCallSession(Executor executor, String address) {
        this.executor = executor;
        this.address = address;
    }

    /**
     * @param address the IP address of the client; empty if unknown
     * @param request makes the request, with the number 1
     */
    static CompletableFuture<Realm.Arguments> of(
            Router router, Executor executor, User caller, String address, Consumer<Session> request) {
        SingleCallSession peer = new SingleCallSession(executor, address);
        try {
            Identity identity = Identities.of(caller, caller.author().id(), NAME);
            Session session = router.attach(identity, peer);
            peer.outcome.whenComplete((answer, failure) -> close(router, session));
            request.accept(session);
        } catch (RefusedException banned) {
            peer.outcome.completeExceptionally(banned);
        }
        return peer.outcome;
    }

    /** Logs failures, since a stage discards the exceptions of its action. */
    private static void close(Router router, Session session) {
        try {
            router.close(session);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "Failed to close a single-call session", e);
        }
    }

    static Call call(String procedure, List<?> args, Map<String, ?> kwargs) {
        return new Call(1, Dict.EMPTY, procedure, LocalRealm.payload(args, kwargs));
    }

    static Publish publication(String topic, List<?> args, Map<String, ?> kwargs) {
        return new Publish(1, Dict.of("acknowledge", true), topic, LocalRealm.payload(args, kwargs));
    }

    @Override
    public void send(WampMessage message) {
        if (message instanceof Published) {
            executor.execute(() -> outcome.complete(new Realm.Arguments(null, List.of(), Map.of())));
        } else if (message instanceof Result result) {
            Payload payload = result.payload().portable();
            Realm.Arguments answer = new Realm.Arguments(null, payload.args(), payload.kwargs());
            executor.execute(() -> outcome.complete(answer));
        } else if (message instanceof WampMessage.Error error) {
            Payload payload = error.payload().portable();
            RealmException failure = new RealmException(error.error(), payload.args(), payload.kwargs());
            executor.execute(() -> outcome.completeExceptionally(failure));
        }
    }

    @Override
    public void deliver(Delivery delivery) {
        // The session has no subscriptions.
    }

    @Override
    public String connection() {
        return NAME;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public void expel(String reason, Map<String, Object> details) {
        end("", reason);
    }

    @Override
    public void fail(Throwable cause) {
        outcome.completeExceptionally(cause);
    }

    @Override
    public void end(String reason, @Nullable String text) {
        outcome.completeExceptionally(
                new RefusedException(RefusedException.Reason.NOT_ALLOWED, text == null ? reason : text));
    }
}
