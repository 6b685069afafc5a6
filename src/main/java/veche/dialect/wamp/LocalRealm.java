package veche.dialect.wamp;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.auth.Identities;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Subscribed;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.RpcMessage.Call;
import veche.dialect.wamp.message.RpcMessage.Invocation;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Registered;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Yield;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Identity;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.room.Author;
import veche.room.Rooms;
import veche.room.User;

/** The realm of application code, backed by an in-process WAMP session. */
final class LocalRealm implements Realm {
    /** The authid, authrole and authmethod of the session. */
    static final String NAME = "application";

    /** The user of the session. */
    static final User USER = User.server(new Author("server:" + NAME, "Veche"));

    private static final Dict ACKNOWLEDGE = Dict.of("acknowledge", true);

    private final AtomicLong lastRequest = new AtomicLong();
    /** Prevents the removal of a subscription's last listener from racing with the addition of another. */
    private final ReentrantLock listenerLock = new ReentrantLock();

    private final Executor executor;
    private final Router router;
    private final LocalPeer peer;
    private final Session session;

    LocalRealm(Router router, Rooms rooms, Executor executor) {
        this.executor = executor;
        this.router = router;
        this.peer = new LocalPeer(executor, new RoomFollower(rooms, executor));
        Identity identity = Identities.of(USER, NAME, NAME, NAME, "static", Map.of());
        this.session = router.attach(identity, peer);
        peer.onResult(this::answer);
    }

    private void answer(WampMessage answer) {
        if (answer instanceof Yield result) {
            router.yield(session, result);
        } else {
            router.error(session, (WampMessage.Error) answer);
        }
    }

    static Yield result(long invocation, @Nullable Object result) {
        return new Yield(
                invocation, Dict.EMPTY, result == null ? Payload.EMPTY : Payload.of(RecordMapper.value(result)));
    }

    static WampMessage.Error error(long invocation, RealmException error) {
        return new WampMessage.Error(
                Invocation.TYPE, invocation, Dict.EMPTY, error.uri(), new Payload(error.args(), error.kwargs()));
    }

    static Payload payload(List<?> args, Map<String, ?> kwargs) {
        return new Payload(RecordMapper.list(args), RecordMapper.dict(kwargs));
    }

    /**
     * Sends a request.
     *
     * @param mapper converts the reply; runs immediately on the router's thread
     * @return completes on the application executor
     */
    private <T> CompletionStage<T> send(LongFunction<Runnable> request, Function<WampMessage, T> mapper) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        long number = lastRequest.incrementAndGet();
        peer.onReply(number, answer -> {
            try {
                complete(outcome, answer, mapper);
            } catch (RuntimeException | Error unexpected) {
                outcome.completeExceptionally(unexpected);
            }
        });
        request.apply(number).run();
        return outcome;
    }

    private <T> void complete(CompletableFuture<T> outcome, WampMessage answer, Function<WampMessage, T> mapper) {
        if (answer instanceof WampMessage.Error error) {
            Payload payload = error.payload().portable();
            RealmException failure = new RealmException(error.error(), payload.args(), payload.kwargs());
            executor.execute(() -> outcome.completeExceptionally(failure));
        } else {
            T value = mapper.apply(answer);
            executor.execute(() -> outcome.complete(value));
        }
    }

    @Override
    public CompletionStage<Void> publish(String topic, List<?> args, Map<String, ?> kwargs) {
        Payload payload = payload(args, kwargs);
        return send(
                number -> () -> router.publish(session, new Publish(number, ACKNOWLEDGE, topic, payload)),
                published -> null);
    }

    @Override
    public CompletionStage<Binding> subscribe(String topic, Consumer<Arguments> listener) {
        listenerLock.lock();
        try {
            return send(number -> () -> router.subscribe(session, new Subscribe(number, Dict.EMPTY, topic)), answer -> {
                long subscription = ((Subscribed) answer).subscription();
                BooleanSupplier removal = peer.addListener(subscription, listener);
                return () -> unsubscribe(subscription, removal);
            });
        } finally {
            listenerLock.unlock();
        }
    }

    private CompletionStage<Void> unsubscribe(long subscription, BooleanSupplier removal) {
        listenerLock.lock();
        try {
            if (!removal.getAsBoolean()) {
                return CompletableFuture.completedFuture(null);
            }
            return send(
                    number -> () -> router.unsubscribe(session, new Unsubscribe(number, subscription)),
                    unsubscribed -> null);
        } finally {
            listenerLock.unlock();
        }
    }

    @Override
    public CompletionStage<Binding> register(String procedure, Function<Arguments, ?> answer) {
        return send(
                number -> () -> router.register(session, new Register(number, Dict.EMPTY, procedure)), registered -> {
                    long registration = ((Registered) registered).registration();
                    peer.addProcedure(registration, answer);
                    return () -> unregister(registration);
                });
    }

    private CompletionStage<Void> unregister(long registration) {
        return send(number -> () -> router.unregister(session, new Unregister(number, registration)), unregistered -> {
            peer.removeProcedure(registration);
            return null;
        });
    }

    @Override
    public CompletionStage<Arguments> call(String procedure, List<?> args, Map<String, ?> kwargs) {
        Payload payload = payload(args, kwargs);
        return send(number -> () -> router.call(session, new Call(number, Dict.EMPTY, procedure, payload)), answer -> {
            Payload result = ((Result) answer).payload().portable();
            return new Arguments(null, result.args(), result.kwargs());
        });
    }
}
