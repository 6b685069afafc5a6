package veche.dialect.wamp.router;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.PubSubMessage.Subscribe;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.room.Audience;
import veche.room.Draft;
import veche.room.Message;
import veche.room.Position;
import veche.room.Presence;
import veche.room.RefusedException;
import veche.room.Resumption;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;

/**
 * The durable rooms as topics {@code veche.room.<room>}: subscribing follows the room's log, publishing appends to it.
 * Patterns follow each room that they match from its next message on. Thread-safe.
 */
final class RoomTopics {
    static final String PREFIX = "veche.room.";

    /** Says SUBSCRIBED by running {@code subscribed}, and lets the room's events follow it. */
    @FunctionalInterface
    interface Start {
        void of(Subscriber subscriber, Runnable subscribed);
    }

    private final PatternFollower patterns;

    RoomTopics(Rooms rooms, Executor executor) {
        this.patterns = new PatternFollower(rooms, executor, RoomTopics::appeared);
    }

    static String topic(RoomName room) {
        return PREFIX + room.value();
    }

    /** Whether the topic is meant to be a room's, be its name valid or not. */
    static boolean isRoom(String topic) {
        return topic.startsWith(PREFIX) && topic.indexOf('.', PREFIX.length()) < 0;
    }

    static RoomName room(String topic) {
        try {
            return new RoomName(topic.substring(PREFIX.length()));
        } catch (RefusedException e) {
            throw new WampErrorException(Uri.INVALID_URI, e.getMessage());
        }
    }

    /** How to begin, once the rooms concerned are open; empty where no room can ever match. */
    Optional<CompletionStage<Start>> follow(Session session, Match match, Subscribe request) {
        String topic = request.topic();
        if (match == Match.EXACT) {
            if (isRoom(topic)) {
                return Optional.of(followOne(session, room(topic), request.options()));
            }
            checkSignals(session, topic);
            return Optional.empty();
        }
        if (Uri.isWithin(topic, "veche")) {
            RoomPattern.of(match, topic).check(session.roomSession());
        }
        return reachesRooms(match, topic)
                ? Optional.of(CompletableFuture.completedFuture((subscriber, subscribed) -> subscribed.run()))
                : Optional.empty();
    }

    /** What passes in a room is told to those only who may enter it. */
    private static void checkSignals(Session session, String topic) {
        if (topic.startsWith(PREFIX)) {
            session.roomSession().checkEntry(room(topic.substring(0, topic.indexOf('.', PREFIX.length()))));
        }
    }

    private CompletionStage<Start> followOne(Session session, RoomName name, Dict options) {
        Optional<Position> known = known(options);
        boolean resuming = options.has("_after");
        return session.roomSession().open(name).thenApply(room -> (subscriber, subscribed) -> {
            Resumption resumption = known.map(room::resume).orElseGet(() -> fromTail(room));
            subscribed.run();
            if (resuming) {
                tellWhere(subscriber, resumption);
                subscriber.followAnew(name, () -> follow(room, resumption.after(), subscriber, true));
            } else {
                subscriber.follow(name, () -> follow(room, resumption.after(), subscriber, false));
            }
        });
    }

    private static Optional<Position> known(Dict options) {
        if (options.dict("_after").entries().isEmpty()) {
            return Optional.empty();
        }
        Dict after = options.dict("_after");
        String epoch = after.string("epoch").orElseThrow(RoomTopics::noPosition);
        return Optional.of(new Position(epoch, after.integer("position").orElseThrow(RoomTopics::noPosition)));
    }

    private static WampErrorException noPosition() {
        return new WampErrorException(Uri.INVALID_ARGUMENT, "'_after' is null or has an epoch and a position");
    }

    private static Resumption fromTail(Room room) {
        Position end = room.end();
        return new Resumption(true, end.number(), end);
    }

    private static veche.dialect.Client.Following follow(
            Room room, long after, Subscriber subscriber, boolean resuming) {
        Session session = subscriber.session();
        Presence.Stay attendance;
        try {
            attendance = session.roomSession().attend(room.name());
        } catch (RefusedException refusal) {
            // Banned in this very moment: hears nothing of the room.
            return () -> {};
        }
        veche.dialect.Client.Following following =
                session.peer().follow(room, after, session, subscriber.subscription(), resuming);
        return () -> {
            following.stop();
            attendance.end();
        };
    }

    /** The one event after SUBSCRIBED that tells a resuming client where it stands. */
    private static void tellWhere(Subscriber subscriber, Resumption resumption) {
        Dict details = new Dict(java.util.Map.of(
                "_recovered", resumption.recovered(),
                "_epoch", resumption.tail().epoch(),
                "_position", resumption.tail().number()));
        subscriber
                .session()
                .tell(new PubSubMessage.Event(subscriber.subscription().id(), Ids.random(), details, Payload.EMPTY));
    }

    private static boolean reachesRooms(Match match, String pattern) {
        if (match == Match.PREFIX) {
            return PREFIX.startsWith(pattern)
                    || pattern.startsWith(PREFIX) && pattern.indexOf('.', PREFIX.length()) < 0;
        }
        String[] components = UriIndex.components(pattern);
        return components.length == 3 && match.matches(pattern, PREFIX + components[2]);
    }

    /** Lets the subscriber follow each room from its next message on, where the subscriber's pattern matches. */
    void watch(Subscriber subscriber) {
        if (subscriber.subscription().match() != Match.EXACT) {
            patterns.add(subscriber);
        }
    }

    void unwatch(Subscriber subscriber) {
        patterns.remove(subscriber);
    }

    private static void appeared(Room room, long after, Collection<Subscriber> subscribers) {
        for (Subscriber subscriber : subscribers) {
            subscriber.session().guarded(() -> appeared(room, after, subscriber));
        }
    }

    private static void appeared(Room room, long after, Subscriber subscriber) {
        boolean admitted = subscriber.session().roomSession().mayEnter(room.name());
        if (admitted && subscriber.subscription().matches(topic(room.name()))) {
            subscriber.later(() -> subscriber.follow(room.name(), () -> follow(room, after, subscriber, false)));
        }
    }

    /**
     * Checks that a publication asks for nothing that a room's log does not keep.
     *
     * @throws WampErrorException for recipients, an identity of the session, a payload that is opaque
     */
    static void check(Dict options, Audience audience, long publisher) {
        Recipients.checkForRoom(audience, publisher);
        if (options.flag("disclose_me")) {
            throw new WampErrorException(
                    Uri.DISCLOSE_ME_DISALLOWED, "A room's messages name their author, not the publisher's session");
        }
        if (Passthru.used(options)) {
            throw new WampErrorException(Uri.FEATURE_NOT_SUPPORTED, "Rooms take no payload in passthru mode");
        }
    }

    /** Appends to the room's log; PUBLISHED or ERROR follow the commit. False where too much of this session waits. */
    boolean publish(Session publisher, Publish request, Audience audience) {
        RoomName name = room(request.topic());
        check(request.options(), audience, publisher.id());
        Draft draft = Drafts.of(publisher.identity().author(), request.payload(), audience);
        boolean amends = Drafts.amends(draft);
        RoomSession roomSession = publisher.roomSession();
        return publisher
                .sequencer()
                .durable(
                        draft::weight,
                        () -> (amends ? roomSession.amend(name, draft) : roomSession.send(name, draft))
                                .whenComplete((message, failure) ->
                                        publisher.guarded(() -> conclude(publisher, request, message, failure))),
                        amends);
    }

    private static void conclude(Session publisher, Publish request, Message message, Throwable failure) {
        if (failure == null) {
            Broker.acknowledge(publisher, request, RoomEvents.publication(message));
        } else {
            Broker.refuse(publisher, request, failure);
        }
    }
}
