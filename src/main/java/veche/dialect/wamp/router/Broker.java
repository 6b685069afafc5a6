package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.INVALID_URI;
import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;
import static veche.dialect.wamp.message.Uri.NOT_AUTHORIZED;
import static veche.dialect.wamp.message.Uri.NO_SUCH_SUBSCRIPTION;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Published;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.PubSubMessage.Subscribed;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribe;
import veche.dialect.wamp.message.PubSubMessage.Unsubscribed;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.message.WampMessage.Error;
import veche.room.Audience;

/** Publish and subscribe. Topics of rooms are handed to {@link RoomTopics}; the others live for the moment only. */
final class Broker {
    private static final System.Logger LOG = System.getLogger(Broker.class.getName());
    private static final List<String> PUBLISH_FLAGS = List.of("acknowledge", "disclose_me", "retain");
    private static final String UNMAPPABLE =
            "Not every subscriber's serialization can represent the payload; the other subscribers have received it";

    private final Directory<Subscription> directory = new Directory<>("wamp.subscription", "subscribe", this::tellOf);
    private final Retained retained;
    private final RoomTopics rooms;
    private final RouterLimits limits;
    private final RetentionBudget budget;

    Broker(RoomTopics rooms, RouterLimits limits, RetentionBudget budget) {
        this.rooms = rooms;
        this.limits = limits;
        this.budget = budget;
        this.retained = new Retained(limits.retained(), limits.retention().expiry(), budget);
    }

    UriIndex<Subscription> index() {
        return directory.index();
    }

    /**
     * The subscription of that id.
     *
     * @throws WampErrorException where there is none, or none that the caller may learn of
     */
    Subscription subscription(Session caller, long id) {
        return directory
                .byId(id)
                .filter(found -> found.isVisibleTo(caller))
                .orElseThrow(() -> new WampErrorException(NO_SUCH_SUBSCRIPTION, "There is no subscription " + id));
    }

    /** PUBLISH's flags are flags, or this is a violation: told now, since later nobody is there to take it. */
    static void check(Dict options) {
        PUBLISH_FLAGS.forEach(options::flag);
    }

    void subscribe(Session session, Subscribe request) {
        request.options().flag("get_retained");
        if (session.subscriptions.size() >= limits.subscriptions()) {
            throw new WampErrorException(
                    LIMIT_REACHED, "A session has at most " + limits.subscriptions() + " subscriptions");
        }
        Match match = Match.of(request.options());
        if (match != Match.EXACT) {
            limits.checkPatterns(session.subscriptions.values().stream()
                    .map(one -> one.subscription().match()));
        }
        budget.check(session.accountedUser(), bytes(request.topic()));
        Optional<CompletionStage<RoomTopics.Start>> rooms = this.rooms.follow(session, match, request);
        Subscriber subscriber = join(session, match, request.topic());
        if (rooms.isEmpty()) {
            subscriber.open(() -> {
                subscribed(subscriber, request);
                retained.give(subscriber, request.options());
            });
            return;
        }
        this.rooms.watch(subscriber);
        rooms.get()
                .whenComplete((start, failure) -> session.guarded(() -> conclude(subscriber, request, start, failure)));
    }

    private void conclude(Subscriber subscriber, Subscribe request, RoomTopics.Start start, Throwable failure) {
        Session session = subscriber.session();
        if (failure != null) {
            leave(session, subscriber);
            session.tell(ErrorMapper.error(Subscribe.TYPE, request.request(), failure));
        } else if (!subscriber.open(() -> start.of(subscriber, () -> subscribed(subscriber, request)))) {
            rooms.unwatch(subscriber);
            session.tell(ErrorMapper.error(Subscribe.TYPE, request.request(), overtaken()));
        }
    }

    /** About what a subscription occupies. */
    private static long bytes(String topic) {
        return 256 + 2L * topic.length();
    }

    private static WampErrorException overtaken() {
        return new WampErrorException(Uri.CANCELED, "Unsubscribed before the room was open");
    }

    private void subscribed(Subscriber subscriber, Subscribe request) {
        subscriber
                .session()
                .tell(new Subscribed(
                        request.request(), subscriber.subscription().id()));
    }

    private Subscriber join(Session session, Match match, String topic) {
        AtomicReference<Subscriber> joined = new AtomicReference<>();
        directory.join(session, match, topic, id -> new Subscription(id, match, topic), subscription -> {
            boolean isNew = !session.subscriptions.containsKey(subscription.id());
            if (isNew) {
                budget.reserve(session.accountedUser(), bytes(topic));
            }
            joined.set(subscription.join(session));
            session.subscriptions.put(subscription.id(), joined.get());
            return isNew;
        });
        Subscriber subscriber = joined.get();
        if (session.ended()) {
            leave(session, subscriber);
        }
        return subscriber;
    }

    void unsubscribe(Session session, Unsubscribe request) {
        Subscriber subscriber = session.subscriptions.get(request.subscription());
        if (subscriber == null) {
            throw new WampErrorException(NO_SUCH_SUBSCRIPTION, "This session has no such subscription");
        }
        leave(session, subscriber);
        session.tell(new Unsubscribed(request.request()));
    }

    /** By its exact topic; false where this session has no such subscription. */
    boolean unsubscribe(Session session, String topic) {
        Optional<Subscriber> subscriber = directory
                .index()
                .get(Match.EXACT, topic)
                .map(subscription -> session.subscriptions.get(subscription.id()));
        subscriber.ifPresent(found -> leave(session, found));
        return subscriber.isPresent();
    }

    /** Takes out all that this session subscribed to. */
    void leave(Session session) {
        session.subscriptions.values().forEach(subscriber -> leave(session, subscriber));
    }

    private void leave(Session session, Subscriber subscriber) {
        Subscription subscription = subscriber.subscription();
        if (session.subscriptions.remove(subscription.id()) != null) {
            budget.release(session.accountedUser(), bytes(subscription.uri()));
        }
        subscriber.leave();
        rooms.unwatch(subscriber);
        directory.leave(session, subscription);
    }

    /** Publishes for a session, after what it published before. */
    void publish(Session publisher, Publish request, Audience audience) {
        String topic = request.topic();
        long publication = Ids.random();
        boolean taken;
        if (RoomTopics.isRoom(topic)) {
            taken = rooms.publish(publisher, request, audience);
        } else {
            refuseReserved(topic);
            Map<String, Object> details = details(publisher, request.options());
            Event event = new Event(publication, topic, details, request.payload());
            String user = publisher.accountedUser();
            boolean retain = request.options().flag("retain");
            if (retain) {
                // Subscribers still to come may speak any serialization.
                event.payload().portable();
                retained.check(event, audience, user);
            }
            taken = publisher.sequencer().passing(request.payload()::heapBytes, () -> {
                if (retain) {
                    retained.keep(event, audience, user);
                }
                if (deliver(event, audience)) {
                    acknowledge(publisher, request, publication);
                } else {
                    refuse(publisher, request, new WampErrorException(Uri.INVALID_ARGUMENT, UNMAPPABLE));
                }
            });
        }
        if (!taken) {
            throw new WampErrorException(Uri.BUSY, "Too many publications wait for the log");
        }
    }

    private static void refuseReserved(String topic) {
        if (Uri.isWithin(topic, "wamp")) {
            throw new WampErrorException(INVALID_URI, "Topics under wamp. belong to the protocol");
        }
        if (Uri.isWithin(topic, "veche")) {
            throw new WampErrorException(NOT_AUTHORIZED, "Topics under veche. that are no room belong to the server");
        }
    }

    static void acknowledge(Session publisher, Publish request, long publication) {
        if (request.options().flag("acknowledge")) {
            publisher.tell(new Published(request.request(), publication));
        }
    }

    /** Says no to a publication, where the publisher wants to know. */
    static void refuse(Session publisher, Publish request, Throwable failure) {
        Error error = ErrorMapper.error(Publish.TYPE, request.request(), failure);
        if (request.options().flag("acknowledge")) {
            publisher.tell(error);
        } else {
            LOG.log(Level.DEBUG, "A publication of session {0} has failed: {1}", publisher.id(), error);
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

    /** Publishes for the router itself. */
    void tell(String topic, Object... args) {
        tell(topic, Payload.of(args));
    }

    /** Publishes for the router itself. */
    void tell(String topic, Payload payload) {
        tell(topic, payload, Audience.EVERYONE);
    }

    /** Publishes for the router itself, to an audience. */
    void tell(String topic, Payload payload, Audience audience) {
        deliver(new Event(Ids.random(), topic, Map.of(), payload), audience);
    }

    /** Publishes a meta event to those only who may learn of the subscription. */
    private void tellOf(Subscription subscription, String topic, Object... args) {
        tell(topic, Payload.of(args), to -> subscription.isVisibleTo((Session) to));
    }

    /** False where some subscribers do not receive the event, since their serialization cannot represent it. */
    private boolean deliver(Event event, Audience audience) {
        AtomicBoolean complete = new AtomicBoolean(true);
        directory.index().forEachMatch(event.topic(), subscription -> {
            if (!deliver(event, audience, subscription)) {
                complete.set(false);
            }
        });
        return complete.get();
    }

    private static boolean deliver(Event event, Audience audience, Subscription subscription) {
        boolean complete = true;
        Delivery delivery = new Delivery(subscription, event.under(subscription));
        for (Subscriber subscriber : subscription.subscribers()) {
            if (audience == Audience.EVERYONE || audience.admits(subscriber.session())) {
                complete &= subscriber.hear(delivery);
            }
        }
        return complete;
    }
}
