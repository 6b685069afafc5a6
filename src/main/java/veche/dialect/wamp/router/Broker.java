package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.INVALID_URI;
import static veche.dialect.wamp.message.Uri.NOT_AUTHORIZED;
import static veche.dialect.wamp.message.Uri.NO_SUCH_SUBSCRIPTION;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import veche.dialect.wamp.access.UriGrant;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * The broker of a realm: routes publications to subscribers. Publications to durable topics are delegated to
 * {@link DurableTopics}; events of all other topics are not stored. Thread-safe.
 */
public final class Broker {
    private static final List<String> PUBLISH_FLAGS = List.of("acknowledge", "disclose_me", "retain");
    private static final String UNMAPPABLE =
            "Some subscribers' serialization cannot represent the payload; the other subscribers received the event";

    private final Subscriptions subscriptions;
    private final Retained retained;
    private final DurableTopics durable;
    private volatile EventForwarder forwarder = EventForwarder.NONE;

    Broker(DurableTopics durable, RouterLimits limits, RetentionBudget budget) {
        this.durable = durable;
        this.retained = new Retained(limits.retained(), limits.retention().expiry(), budget);
        this.subscriptions = new Subscriptions(durable, retained, limits, budget, this::publishMeta);
    }

    /** All subscriptions, indexed by topic or pattern. */
    public UriIndex<Subscription> index() {
        return subscriptions.index();
    }

    /**
     * Returns the subscription with the given id.
     *
     * @throws WampErrorException where it does not exist, or the caller may not see it
     */
    public Subscription subscription(Session caller, long id) {
        return subscriptions
                .byId(id)
                .filter(found -> found.isVisibleTo(caller))
                .orElseThrow(() -> new WampErrorException(NO_SUCH_SUBSCRIPTION, "There is no subscription " + id));
    }

    /**
     * Checks the types of PUBLISH's flags on receipt, because a deferred publication can no longer report a violation.
     *
     * @throws veche.dialect.wamp.message.ProtocolViolationException where a flag is not a boolean
     */
    public static void check(Dict options) {
        PUBLISH_FLAGS.forEach(options::flag);
    }

    void subscribe(Session session, Subscribe request) {
        subscriptions.subscribe(session, request);
    }

    void unsubscribe(Session session, Unsubscribe request) {
        subscriptions.unsubscribe(session, request);
    }

    /** Unsubscribes a session from an exact topic. */
    void unsubscribe(Session session, String topic) {
        subscriptions.unsubscribe(session, topic);
    }

    /** Whether a session subscribes to a topic or pattern. */
    boolean contains(Session session, Match match, String uri) {
        return subscriptions.contains(session, match, uri);
    }

    /**
     * Ends a session's subscriptions of a durable topic and of the topics within it, because its user has lost access.
     *
     * @param details {@code reason} and further entries of UNSUBSCRIBED's Details
     */
    public void revoke(Session session, String topic, Map<String, Object> details) {
        subscriptions.revoke(session, topic, details);
    }

    /** Ends a session's subscription of a topic or pattern; returns false where there is none. */
    boolean revoke(Session session, Match match, String uri, Map<String, Object> details) {
        return subscriptions.revoke(session, match, uri, details);
    }

    /** The subscriptions of a session. */
    Stream<Subscription> subscriptions(Session session) {
        return subscriptions.all(session);
    }

    /** Removes all subscriptions of a session. */
    void leave(Session session) {
        subscriptions.leave(session);
    }

    /** Publishes on behalf of a session that is permitted to, after its earlier publications. */
    void publish(Session publisher, Publish asRequested, Recipients recipients, UriGrant grant) {
        Publish request = grant.disclosed() ? asRequested.disclosed() : asRequested;
        String topic = request.topic();
        long publication = Ids.random();
        boolean accepted;
        if (durable.isDurable(topic)) {
            accepted = durable.publish(publisher, request, recipients);
        } else {
            rejectReserved(topic);
            Map<String, Object> details = details(publisher, request.options());
            Event event = new Event(publication, topic, details, request.payload());
            String user = publisher.accountedUser();
            boolean retain = request.options().flag("retain");
            if (retain) {
                // A later subscriber may use any serialization.
                event.payload().portable();
                retained.check(event, recipients, user);
            }
            accepted = publisher.sequencer().passing(request.payload()::heapBytes, () -> {
                if (retain) {
                    retained.keep(event, recipients, user);
                }
                if (deliver(event, recipients)) {
                    PublishReply.published(publisher, request, publication);
                } else {
                    PublishReply.failed(publisher, request, new WampErrorException(Uri.INVALID_ARGUMENT, UNMAPPABLE));
                }
                forwarder.forward(event, recipients, retain);
            });
        }
        if (!accepted) {
            throw new WampErrorException(Uri.BUSY, "Publication queue full; retry");
        }
    }

    /** Sets what passes events to other nodes, and informs them of the topics of this one. */
    public void connect(EventForwarder nodes, TopicInterests interests) {
        forwarder = nodes;
        subscriptions.announceTo(interests);
    }

    /** Passes each topic and pattern with subscribers on this node, in the order of changes of each of them. */
    public void forEachTopic(BiConsumer<Match, String> consumer) {
        subscriptions.forEachTopic(consumer);
    }

    /**
     * Delivers an event of a publisher on another node, which is already permitted.
     *
     * @param retain whether it is retained for later subscribers
     */
    public void deliverForwarded(Event event, Recipients recipients, boolean retain) {
        if (retain) {
            retained.keep(event, recipients, null);
        }
        deliver(event, recipients);
    }

    /** Retains an event of another node, unless this node has one of the topic, which may be later. */
    public void retainForwarded(Event event, Recipients recipients) {
        retained.keepIfAbsent(event, recipients);
    }

    /** Passes each retained event and its recipients. */
    public void forEachRetained(BiConsumer<Event, Recipients> consumer) {
        retained.forEach(consumer);
    }

    /** Checks a publication that is deferred until the session has ended. The stage fails where it is not permitted. */
    public CompletionStage<Void> checkLater(Session publisher, Publish request, Recipients recipients) {
        return publisher
                .requests()
                .grant(UriAction.PUBLISH, request.topic(), Match.EXACT)
                .thenAccept(grant -> {
                    Authorizer.check(grant, UriAction.PUBLISH, request.topic());
                    if (durable.isDurable(request.topic())) {
                        durable.check(publisher, request, recipients);
                    }
                });
    }

    /**
     * Publishes on behalf of a session that has ended, as {@link #checkLater} has permitted. The stage completes, never
     * with an exception, once the event is published or refused.
     */
    public CompletionStage<Void> publishLast(Session session, Publish request) {
        return session.requests()
                .grant(UriAction.PUBLISH, request.topic(), Match.EXACT)
                .thenAccept(grant -> {
                    Authorizer.check(grant, UriAction.PUBLISH, request.topic());
                    publish(session, request, Recipients.of(request.options(), session.id()), grant);
                })
                .exceptionally(failure -> {
                    PublishReply.failed(session, request, failure);
                    return null;
                });
    }

    private static void rejectReserved(String topic) {
        if (Uri.isWithin(topic, "wamp")) {
            throw new WampErrorException(INVALID_URI, "Topics under wamp. are reserved for the protocol");
        }
        if (Uri.isWithin(topic, "veche")) {
            throw new WampErrorException(
                    NOT_AUTHORIZED, "Topics under veche. other than rooms are reserved for the server");
        }
    }

    private static Map<String, Object> details(Session publisher, Dict options) {
        Map<String, Object> details = new HashMap<>(Passthru.of(options));
        if (options.flag("disclose_me")) {
            details.put("publisher", publisher.id());
            details.put("publisher_authid", publisher.identity().authid());
            details.put("publisher_authrole", publisher.identity().authrole());
        }
        return details;
    }

    /** Publishes on behalf of the router. */
    public void publish(String topic, Object... args) {
        publish(topic, Payload.of(args));
    }

    /** Publishes on behalf of the router. */
    public void publish(String topic, Payload payload) {
        publish(topic, payload, Recipients.ALL);
    }

    /**
     * Publishes on behalf of the router to the given recipients; events of the meta APIs only to those permitted
     * {@link UriAction#META}, however general the pattern of their subscription.
     */
    public void publish(String topic, Payload payload, Recipients recipients) {
        Event event = new Event(Ids.random(), topic, Map.of(), payload);
        if (Uri.isWithin(topic, "wamp")) {
            deliverMeta(event, recipients);
        } else {
            deliver(event, recipients);
        }
    }

    private void deliverMeta(Event event, Recipients recipients) {
        subscriptions.index().forEachMatch(event.topic(), subscription -> {
            Delivery delivery = delivery(event, subscription);
            for (Subscriber subscriber : subscription.subscribers()) {
                Session to = subscriber.session();
                if (recipients.include(to)) {
                    to.requests().deliver(event, () -> subscriber.deliver(delivery));
                }
            }
        });
    }

    /** Publishes a meta event to the sessions that may see the subscription. */
    private void publishMeta(Subscription subscription, String topic, Object... args) {
        publish(topic, Payload.of(args), subscription.observers());
    }

    /**
     * Returns false where some subscribers do not receive the event, because their serialization cannot represent it.
     */
    private boolean deliver(Event event, Recipients recipients) {
        AtomicBoolean complete = new AtomicBoolean(true);
        subscriptions.index().forEachMatch(event.topic(), subscription -> {
            if (!deliver(event, recipients, subscription)) {
                complete.set(false);
            }
        });
        return complete.get();
    }

    private static boolean deliver(Event event, Recipients recipients, Subscription subscription) {
        boolean complete = true;
        Delivery delivery = delivery(event, subscription);
        for (Subscriber subscriber : subscription.subscribers()) {
            if (recipients == Recipients.ALL || recipients.include(subscriber.session())) {
                complete &= subscriber.deliver(delivery);
            }
        }
        return complete;
    }

    private static Delivery delivery(Event event, Subscription subscription) {
        return new Delivery(subscription.id(), subscription.uri(), event.under(subscription.match()));
    }
}
