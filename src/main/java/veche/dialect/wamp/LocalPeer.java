package veche.dialect.wamp;

import java.lang.System.Logger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import veche.dialect.Client.Following;
import veche.dialect.SerialExecutor;
import veche.dialect.wamp.chat.RoomEvents;
import veche.dialect.wamp.chat.RoomPeer;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Published;
import veche.dialect.wamp.message.PubSubMessage.Subscribed;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribed;
import veche.dialect.wamp.message.RpcMessage.Invocation;
import veche.dialect.wamp.message.RpcMessage.Registered;
import veche.dialect.wamp.message.RpcMessage.Result;
import veche.dialect.wamp.message.RpcMessage.Unregistered;
import veche.dialect.wamp.message.WampMessage;
import veche.dialect.wamp.router.Delivery;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;
import veche.room.Room;

/** In-process peer of the application session. Replies complete stages; events and invocations run application code. */
final class LocalPeer implements RoomPeer {
    private static final Logger LOG = System.getLogger(LocalPeer.class.getName());
    /** A listener that lags behind by more events is faulty; further events are dropped. */
    private static final int MAX_QUEUED_EVENTS = 65_536;

    /** A listener of a subscription; it receives one event at a time, in order. */
    private record Listener(Consumer<Realm.Arguments> consumer, SerialExecutor serial) {}

    private final Map<Long, Consumer<WampMessage>> requests = new ConcurrentHashMap<>();
    private final Map<Long, Function<Realm.Arguments, ?>> procedures = new ConcurrentHashMap<>();
    private final Map<Long, List<Listener>> listeners = new ConcurrentHashMap<>();
    private final Executor executor;
    private final RoomFollower rooms;
    private volatile Consumer<WampMessage> results = result -> {};

    LocalPeer(Executor executor, RoomFollower rooms) {
        this.executor = executor;
        this.rooms = rooms;
    }

    /** Sets the consumer of invocation results and errors. */
    void onResult(Consumer<WampMessage> results) {
        this.results = results;
    }

    /** Registers the handler of a request's reply; it runs before any later message is processed. */
    void onReply(long request, Consumer<WampMessage> handler) {
        requests.put(request, handler);
    }

    /** Adds a listener. The returned supplier removes it and returns whether it was the last one. */
    BooleanSupplier addListener(long subscription, Consumer<Realm.Arguments> consumer) {
        Listener listener =
                new Listener(consumer, new SerialExecutor(executor, "Application listener", MAX_QUEUED_EVENTS));
        List<Listener> all = listeners.computeIfAbsent(subscription, id -> new CopyOnWriteArrayList<>());
        all.add(listener);
        return () -> all.remove(listener) && all.isEmpty();
    }

    void addProcedure(long registration, Function<Realm.Arguments, ?> procedure) {
        procedures.put(registration, procedure);
    }

    void removeProcedure(long registration) {
        procedures.remove(registration);
    }

    @Override
    public void send(WampMessage message) {
        if (message instanceof Invocation invocation) {
            executor.execute(() -> handle(invocation));
        } else {
            Consumer<WampMessage> handler = requests.remove(request(message));
            if (handler != null) {
                handler.accept(message);
            }
        }
    }

    private static long request(WampMessage message) {
        return switch (message.type()) {
            case WampMessage.Error.TYPE -> ((WampMessage.Error) message).request();
            case Result.TYPE -> ((Result) message).request();
            case Published.TYPE -> ((Published) message).request();
            case Subscribed.TYPE -> ((Subscribed) message).request();
            case Unsubscribed.TYPE -> ((Unsubscribed) message).request();
            case Registered.TYPE -> ((Registered) message).request();
            case Unregistered.TYPE -> ((Unregistered) message).request();
            default -> 0;
        };
    }

    /** Reports failures itself, since an executor discards the exceptions of its tasks. */
    private void handle(Invocation invocation) {
        try {
            results.accept(invoke(invocation));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private WampMessage invoke(Invocation invocation) {
        Payload payload = invocation.payload().portable();
        Realm.Arguments arguments = new Realm.Arguments(null, payload.args(), payload.kwargs());
        Function<Realm.Arguments, ?> procedure = procedures.getOrDefault(invocation.registration(), gone -> {
            throw new RealmException("wamp.error.no_such_procedure", "No longer registered");
        });
        try {
            return LocalRealm.result(invocation.request(), procedure.apply(arguments));
        } catch (RealmException e) {
            return LocalRealm.error(invocation.request(), e);
        } catch (RuntimeException | Error e) {
            LOG.log(Logger.Level.ERROR, "Application procedure failed", e);
            return LocalRealm.error(
                    invocation.request(), new RealmException("wamp.error.runtime_error", "The procedure failed"));
        }
    }

    @Override
    public void deliver(Delivery delivery) {
        dispatch(delivery.subscription(), delivery.event());
    }

    private void dispatch(long subscription, Event event) {
        Payload payload = event.payload().portable();
        Realm.Arguments arguments = new Realm.Arguments(event.topic(), payload.args(), payload.kwargs());
        listeners
                .getOrDefault(subscription, List.of())
                .forEach(listener ->
                        listener.serial().execute(() -> listener.consumer().accept(arguments)));
    }

    @Override
    public Following follow(
            CompletionStage<Room> room, long after, Session session, Subscription subscription, boolean resuming) {
        CompletionStage<Following> following = room.thenApply(open -> rooms.follow(
                open, after, session, message -> dispatch(subscription.id(), RoomEvents.event(message, false, false))));
        return () -> following.thenAccept(Following::stop);
    }

    @Override
    public String connection() {
        return LocalRealm.NAME;
    }

    @Override
    public void expel(String reason, Map<String, Object> details) {
        end("", reason);
    }

    @Override
    public void fail(Throwable cause) {
        LOG.log(Logger.Level.ERROR, "Failed to process a message of the application session", cause);
    }

    @Override
    public void end(String reason, @Nullable String text) {
        LOG.log(Logger.Level.WARNING, "Application session ended: {0}", text == null ? reason : text);
    }
}
