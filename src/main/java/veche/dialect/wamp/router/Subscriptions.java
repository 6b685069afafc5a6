package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;
import static veche.dialect.wamp.message.Uri.NO_SUCH_SUBSCRIPTION;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.PubSubMessage.Revoked;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Subscribed;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribed;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.limit.ClientMemory;

/**
 * The subscriptions of all sessions, by topic or pattern. Subscriptions of durable topics are delegated to
 * {@link DurableTopics}. Thread-safe.
 */
final class Subscriptions {
    private static final SessionKey<Map<Long, Subscriber>> OF_SESSION = SessionKey.of(ConcurrentHashMap::new);

    private final Directory<Subscription> directory;
    private final DurableTopics durable;
    private final Retained retained;
    private final RouterLimits limits;
    private final RetentionBudget budget;
    private volatile TopicInterests interests = TopicInterests.NONE;

    /** @param meta publishes meta events */
    Subscriptions(
            DurableTopics durable,
            Retained retained,
            RouterLimits limits,
            RetentionBudget budget,
            Directory.Meta<Subscription> meta) {
        this.directory = new Directory<>("wamp.subscription", "subscribe", meta);
        this.durable = durable;
        this.retained = retained;
        this.limits = limits;
        this.budget = budget;
    }

    /** Sets what informs the other nodes, before there are any. */
    void announceTo(TopicInterests nodes) {
        interests = nodes;
    }

    /** Passes each topic and pattern, in the order of changes of each of them. */
    void forEachTopic(BiConsumer<Match, String> consumer) {
        index().forEachInOrder(subscription -> consumer.accept(subscription.match(), subscription.uri()));
    }

    /** All subscriptions, indexed by topic or pattern. */
    UriIndex<Subscription> index() {
        return directory.index();
    }

    /** Returns the subscription with the given id. */
    Optional<Subscription> byId(long id) {
        return directory.byId(id);
    }

    private static Map<Long, Subscriber> of(Session session) {
        return session.get(OF_SESSION);
    }

    void subscribe(Session session, Subscribe request) {
        request.options().flag("get_retained");
        if (of(session).size() >= limits.subscriptions()) {
            throw new WampErrorException(
                    LIMIT_REACHED, "A session has at most " + limits.subscriptions() + " subscriptions");
        }
        Match match = Match.of(request.options());
        if (match != Match.EXACT) {
            limits.checkPatterns(
                    of(session).values().stream().map(one -> one.subscription().match()));
        }
        budget.check(session.accountedUser(), bytes(request.topic()));
        Optional<CompletionStage<DurableTopics.Start>> start = durable.follow(session, match, request);
        Subscriber subscriber = join(session, match, request.topic());
        if (start.isPresent()) {
            durable.watch(subscriber);
        }
        start.orElseGet(() -> startOfRetained(subscriber, request))
                .thenCombine(subscriber.subscription().announced(), (ready, announced) -> ready)
                .whenComplete((ready, failure) -> session.guarded(() -> conclude(subscriber, request, ready, failure)));
    }

    private CompletionStage<DurableTopics.Start> startOfRetained(Subscriber subscriber, Subscribe request) {
        return CompletableFuture.completedFuture((joined, subscribed) -> {
            subscribed.run();
            retained.deliver(subscriber, request.options());
        });
    }

    private void conclude(
            Subscriber subscriber, Subscribe request, DurableTopics.Start start, @Nullable Throwable failure) {
        Session session = subscriber.session();
        if (failure != null) {
            leave(session, subscriber);
            session.send(ErrorMapper.error(Subscribe.TYPE, request.request(), failure));
        } else if (!subscriber.open(() -> start.of(subscriber, () -> subscribed(subscriber, request)))) {
            durable.unwatch(subscriber);
            session.send(ErrorMapper.error(Subscribe.TYPE, request.request(), canceled()));
        }
    }

    /** The approximate heap size of a subscription, in bytes. */
    private static long bytes(String topic) {
        return 256 + 2L * topic.length();
    }

    private static WampErrorException canceled() {
        return new WampErrorException(Uri.CANCELED, "Unsubscribed before the subscription was established");
    }

    private void subscribed(Subscriber subscriber, Subscribe request) {
        subscriber
                .session()
                .send(new Subscribed(
                        request.request(), subscriber.subscription().id()));
    }

    private Subscriber join(Session session, Match match, String topic) {
        AtomicReference<Subscriber> joined = new AtomicReference<>();
        directory.join(
                session,
                match,
                topic,
                id -> new Subscription(id, match, topic, durable.observers(match, topic), interests),
                subscription -> {
                    boolean isNew = !of(session).containsKey(subscription.id());
                    if (isNew) {
                        budget.reserve(ClientMemory.Part.SUBSCRIPTION, session.accountedUser(), bytes(topic));
                    }
                    joined.set(subscription.join(session));
                    of(session).put(subscription.id(), joined.get());
                    return isNew;
                });
        Subscriber subscriber = Objects.requireNonNull(joined.get(), "subscriber");
        if (session.ended()) {
            leave(session, subscriber);
        }
        return subscriber;
    }

    void unsubscribe(Session session, Unsubscribe request) {
        Subscriber subscriber = of(session).get(request.subscription());
        if (subscriber == null) {
            throw new WampErrorException(NO_SUCH_SUBSCRIPTION, "This session has no such subscription");
        }
        leave(session, subscriber);
        session.send(new Unsubscribed(request.request()));
    }

    /** Unsubscribes a session from an exact topic. */
    void unsubscribe(Session session, String topic) {
        find(session, Match.EXACT, topic).ifPresent(found -> leave(session, found));
    }

    /**
     * Ends a session's subscriptions of a durable topic and of the topics within it; a pattern only ceases to follow
     * the topic. Subscribers that support it receive UNSUBSCRIBED (advanced profile, "Subscription Revocation").
     */
    void revoke(Session session, String topic, Map<String, Object> details) {
        for (Subscriber subscriber : of(session).values()) {
            Subscription subscription = subscriber.subscription();
            if (subscription.match() != Match.EXACT) {
                subscriber.unfollow(topic);
            } else if (Uri.isWithin(subscription.uri(), topic)) {
                end(session, subscriber, details);
            }
        }
    }

    private void end(Session session, Subscriber subscriber, Map<String, Object> details) {
        boolean opened = leave(session, subscriber);
        if (opened && session.roles().supports("subscriber", "subscription_revocation")) {
            session.send(new Revoked(subscriber.subscription().id(), details));
        }
    }

    /** Ends a session's subscription of a topic or pattern; returns false where there is none. */
    boolean revoke(Session session, Match match, String uri, Map<String, Object> details) {
        Optional<Subscriber> subscriber = find(session, match, uri);
        subscriber.ifPresent(found -> end(session, found, details));
        return subscriber.isPresent();
    }

    private Optional<Subscriber> find(Session session, Match match, String uri) {
        return directory.index().get(match, uri).map(subscription -> of(session).get(subscription.id()));
    }

    /** The topics and patterns to which a session subscribes. */
    Stream<Subscription> all(Session session) {
        return of(session).values().stream().map(Subscriber::subscription);
    }

    /** Whether a session subscribes to a topic or pattern. */
    boolean contains(Session session, Match match, String uri) {
        return find(session, match, uri).isPresent();
    }

    /** Removes all subscriptions of a session. */
    void leave(Session session) {
        of(session).values().forEach(subscriber -> leave(session, subscriber));
    }

    private boolean leave(Session session, Subscriber subscriber) {
        Subscription subscription = subscriber.subscription();
        if (of(session).remove(subscription.id()) != null) {
            budget.release(ClientMemory.Part.SUBSCRIPTION, session.accountedUser(), bytes(subscription.uri()));
        }
        boolean opened = subscriber.leave();
        durable.unwatch(subscriber);
        directory.leave(session, subscription);
        return opened;
    }
}
