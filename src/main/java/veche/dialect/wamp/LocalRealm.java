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

/** The application's session. */
final class LocalRealm implements Realm {
    /** Its authid, authrole and method. */
    static final String NAME = "application";

    private static final Dict ACKNOWLEDGE = Dict.of("acknowledge", true);

    private final AtomicLong lastRequest = new AtomicLong();
    /** Keeps a subscription from being ended by one listener while another joins it. */
    private final ReentrantLock joining = new ReentrantLock();

    private final Executor executor;
    private final Router router;
    private final LocalPeer peer;
    private final Session session;

    LocalRealm(Router router, Rooms rooms, Executor executor) {
        this.executor = executor;
        this.router = router;
        this.peer = new LocalPeer(executor, new RoomFollower(rooms, executor));
        User user = User.server(new Author("server:" + NAME, "Veche"));
        Identity identity = Identities.of(user, NAME, NAME, NAME, "static", Map.of());
        this.session = router.attach(identity, peer);
        peer.answerTo(this::answer);
    }

    private void answer(WampMessage answer) {
        if (answer instanceof Yield result) {
            router.yield(session, result);
        } else {
            router.error(session, (WampMessage.Error) answer);
        }
    }

    static Yield result(long invocation, Object result) {
        return new Yield(
                invocation, Dict.EMPTY, result == null ? Payload.EMPTY : Payload.of(RecordMapper.value(result)));
    }

    static WampMessage.Error error(long invocation, RealmException error) {
        return new WampMessage.Error(
                Invocation.TYPE, invocation, Dict.EMPTY, error.uri(), new Payload(error.args(), error.kwargs()));
    }

    @SuppressWarnings("unchecked")
    static Payload payload(List<?> args, Map<String, ?> kwargs) {
        return new Payload((List<Object>) RecordMapper.value(args), (Map<String, Object>) RecordMapper.value(kwargs));
    }

    /** Sends a request; the answer is taken at once on the router's thread, and told to the application on its own. */
    private <T> CompletionStage<T> ask(LongFunction<Runnable> request, Function<WampMessage, T> taken) {
        CompletableFuture<T> told = new CompletableFuture<>();
        long number = lastRequest.incrementAndGet();
        peer.await(number, answer -> {
            try {
                tell(told, answer, taken);
            } catch (RuntimeException | Error unexpected) {
                told.completeExceptionally(unexpected);
            }
        });
        request.apply(number).run();
        return told;
    }

    private <T> void tell(CompletableFuture<T> told, WampMessage answer, Function<WampMessage, T> taken) {
        if (answer instanceof WampMessage.Error error) {
            Payload payload = error.payload().portable();
            RealmException failure = new RealmException(error.error(), payload.args(), payload.kwargs());
            executor.execute(() -> told.completeExceptionally(failure));
        } else {
            T value = taken.apply(answer);
            executor.execute(() -> told.complete(value));
        }
    }

    @Override
    public CompletionStage<Void> publish(String topic, List<?> args, Map<String, ?> kwargs) {
        Payload payload = payload(args, kwargs);
        return ask(
                number -> () -> router.publish(session, new Publish(number, ACKNOWLEDGE, topic, payload)),
                published -> null);
    }

    @Override
    public CompletionStage<Binding> subscribe(String topic, Consumer<Arguments> listener) {
        joining.lock();
        try {
            return ask(number -> () -> router.subscribe(session, new Subscribe(number, Dict.EMPTY, topic)), answer -> {
                long subscription = ((Subscribed) answer).subscription();
                BooleanSupplier leaving = peer.listen(subscription, listener);
                return () -> leave(subscription, leaving);
            });
        } finally {
            joining.unlock();
        }
    }

    private CompletionStage<Void> leave(long subscription, BooleanSupplier leaving) {
        joining.lock();
        try {
            if (!leaving.getAsBoolean()) {
                return CompletableFuture.completedFuture(null);
            }
            return ask(
                    number -> () -> router.unsubscribe(session, new Unsubscribe(number, subscription)),
                    unsubscribed -> null);
        } finally {
            joining.unlock();
        }
    }

    @Override
    public CompletionStage<Binding> register(String procedure, Function<Arguments, ?> answer) {
        return ask(
                number -> () -> router.register(session, new Register(number, Dict.EMPTY, procedure)), registered -> {
                    long registration = ((Registered) registered).registration();
                    peer.answer(registration, answer);
                    return () -> unregister(registration);
                });
    }

    private CompletionStage<Void> unregister(long registration) {
        return ask(number -> () -> router.unregister(session, new Unregister(number, registration)), unregistered -> {
            peer.answerNoMore(registration);
            return null;
        });
    }

    @Override
    public CompletionStage<Arguments> call(String procedure, List<?> args, Map<String, ?> kwargs) {
        Payload payload = payload(args, kwargs);
        return ask(number -> () -> router.call(session, new Call(number, Dict.EMPTY, procedure, payload)), answer -> {
            Payload result = ((Result) answer).payload().portable();
            return new Arguments(null, result.args(), result.kwargs());
        });
    }
}
