package veche.dialect.wamp.meta;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Broker;
import veche.dialect.wamp.router.Passthru;
import veche.dialect.wamp.router.Procedure;
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.RetentionBudget;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.SessionKey;
import veche.dialect.wamp.router.SessionListener;
import veche.limit.ClientMemory;

/** Publications that a session registers for its end (advanced profile, "Testaments"). Thread-safe. */
final class Testaments implements SessionListener {
    private static final SessionKey<Queue<Testament>> OF_SESSION = SessionKey.of(ConcurrentLinkedQueue::new);

    private final Router router;
    private final int maxTestaments;
    private final RetentionBudget budget;

    /** @param maxTestaments the maximum number of testaments per session */
    Testaments(Router router, int maxTestaments) {
        this.router = router;
        this.maxTestaments = maxTestaments;
        this.budget = router.budget();
    }

    void offer() {
        router.offer("wamp.session.add_testament", this::addTestament);
        router.offer("wamp.session.flush_testaments", this::flushTestaments);
    }

    private static Queue<Testament> of(Session session) {
        return session.get(OF_SESSION);
    }

    @Override
    public void left(Session session, boolean quietly) {
        if (quietly) {
            discard(session);
            return;
        }
        CompletionStage<Void> published = CompletableFuture.completedFuture(null);
        for (Testament.Scope scope : Testament.Scope.values()) {
            for (Testament testament : of(session)) {
                if (testament.scope() == scope) {
                    published =
                            published.thenCompose(done -> router.broker().publishLast(session, testament.publish()));
                }
            }
        }
        // They are accounted until they are published, which may take as long as an asynchronous policy.
        published.thenRun(() -> discard(session));
    }

    private CompletionStage<Payload> addTestament(Session caller, Payload payload) {
        Arguments arguments = new Arguments(payload);
        if (of(caller).size() >= maxTestaments) {
            throw new WampErrorException(Uri.LIMIT_REACHED, "A session has at most " + maxTestaments + " testaments");
        }
        Payload event =
                new Payload(list(arguments.any(1, "args", List.class)), dict(arguments.any(2, "kwargs", Map.class)));
        Dict options = new Dict(dict(arguments.keyword("publish_options", Map.class)));
        String topic = arguments.required(0, "topic", String.class);
        if (!Uri.valid(topic, false, false)) {
            throw new WampErrorException(Uri.INVALID_URI, "Invalid URI: " + topic);
        }
        // Checked now, because the session cannot receive an ERROR after its end.
        Passthru.checkAnnounced(caller, "publisher", options);
        Broker.check(options);
        Publish publish = new Publish(1, unacknowledged(options), topic, event);
        Testament testament = new Testament(scope(arguments), publish);
        // Accounted from now on, since the permission may take as long as an asynchronous policy.
        budget.reserve(ClientMemory.Part.TESTAMENT, caller.accountedUser(), testament.heapBytes());
        return router.broker()
                .checkLater(caller, publish, Recipients.of(options, caller.id()))
                .whenComplete((permitted, failure) -> {
                    if (failure == null) {
                        keep(caller, testament);
                    } else {
                        release(caller, testament);
                    }
                })
                .thenApply(permitted -> Payload.EMPTY);
    }

    private void keep(Session caller, Testament testament) {
        of(caller).add(testament);
        if (caller.ended() && of(caller).remove(testament)) {
            release(caller, testament);
        }
    }

    private void release(Session caller, Testament testament) {
        budget.release(ClientMemory.Part.TESTAMENT, caller.accountedUser(), testament.heapBytes());
    }

    private void discard(Session ended) {
        for (Testament each = of(ended).poll(); each != null; each = of(ended).poll()) {
            release(ended, each);
        }
    }

    private static Dict unacknowledged(Dict options) {
        Map<String, Object> entries = new HashMap<>(options.entries());
        entries.remove("acknowledge");
        return new Dict(entries);
    }

    private CompletionStage<Payload> flushTestaments(Session caller, Payload payload) {
        Testament.Scope scope = scope(new Arguments(payload));
        for (Testament testament : of(caller)) {
            if (testament.scope() == scope && of(caller).remove(testament)) {
                release(caller, testament);
            }
        }
        return Procedure.completed();
    }

    private static Testament.Scope scope(Arguments arguments) {
        String name = arguments.keyword("scope", String.class).orElse("destroyed");
        try {
            return Testament.Scope.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "Unknown scope '" + name + "'");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Optional<?> given) {
        return given.map(list -> (List<Object>) list).orElse(List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> dict(Optional<?> given) {
        return given.map(dict -> (Map<String, Object>) dict).orElse(Map.of());
    }
}
