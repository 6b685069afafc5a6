package veche.dialect.wamp.chat;

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
import veche.dialect.wamp.router.DurableTopics;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Passthru;
import veche.dialect.wamp.router.PublishReply;
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscriber;
import veche.dialect.wamp.router.UriIndex;
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
final class RoomTopics implements DurableTopics {
    private final PatternFollower patterns;

    RoomTopics(Rooms rooms, Executor executor) {
        this.patterns = new PatternFollower(rooms, executor, RoomTopics::appeared);
    }

    @Override
    public boolean isDurable(String topic) {
        return TopicNames.isRoom(topic);
    }

    @Override
    public boolean isVisible(Session session, Match match, String topic) {
        return RoomPattern.of(match, topic).admits(ChatSession.rooms(session));
    }

    @Override
    public Optional<CompletionStage<Start>> follow(Session session, Match match, Subscribe request) {
        try {
            return start(session, match, request);
        } catch (RefusedException refused) {
            throw RoomErrors.map(refused);
        }
    }

    private Optional<CompletionStage<Start>> start(Session session, Match match, Subscribe request) {
        String topic = request.topic();
        if (match == Match.EXACT) {
            if (TopicNames.isRoom(topic)) {
                return Optional.of(followOne(session, TopicNames.room(topic), request.options()));
            }
            checkSignals(session, topic);
            return Optional.empty();
        }
        if (Uri.isWithin(topic, "veche")) {
            RoomPattern.of(match, topic).check(ChatSession.rooms(session));
        }
        return reachesRooms(match, topic)
                ? Optional.of(CompletableFuture.completedFuture((subscriber, subscribed) -> subscribed.run()))
                : Optional.empty();
    }

    /** What passes in a room is told to those only who may enter it. */
    private static void checkSignals(Session session, String topic) {
        if (topic.startsWith(TopicNames.PREFIX)) {
            ChatSession.rooms(session)
                    .checkEntry(TopicNames.room(topic.substring(0, topic.indexOf('.', TopicNames.PREFIX.length()))));
        }
    }

    private CompletionStage<Start> followOne(Session session, RoomName name, Dict options) {
        Optional<Position> known = known(options);
        boolean resuming = options.has("_after");
        return RoomErrors.mapping(ChatSession.rooms(session).open(name)).thenApply(room -> (subscriber, subscribed) -> {
            Resumption resumption = known.map(room::resume).orElseGet(() -> fromTail(room));
            subscribed.run();
            if (resuming) {
                tellWhere(subscriber, resumption);
                subscriber.followAnew(TopicNames.topic(name), () -> follow(room, resumption.after(), subscriber, true));
            } else {
                subscriber.follow(TopicNames.topic(name), () -> follow(room, resumption.after(), subscriber, false));
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
            attendance = ChatSession.rooms(session).attend(room.name());
        } catch (RefusedException refusal) {
            // Banned in this very moment: hears nothing of the room.
            return () -> {};
        }
        veche.dialect.Client.Following following =
                ((RoomPeer) session.peer()).follow(room, after, session, subscriber.subscription(), resuming);
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
                .send(new PubSubMessage.Event(subscriber.subscription().id(), Ids.random(), details, Payload.EMPTY));
    }

    private static boolean reachesRooms(Match match, String pattern) {
        if (match == Match.PREFIX) {
            return TopicNames.PREFIX.startsWith(pattern)
                    || pattern.startsWith(TopicNames.PREFIX) && pattern.indexOf('.', TopicNames.PREFIX.length()) < 0;
        }
        String[] components = UriIndex.components(pattern);
        return components.length == 3 && match.matches(pattern, TopicNames.PREFIX + components[2]);
    }

    @Override
    public void watch(Subscriber subscriber) {
        if (subscriber.subscription().match() != Match.EXACT) {
            patterns.add(subscriber);
        }
    }

    @Override
    public void unwatch(Subscriber subscriber) {
        patterns.remove(subscriber);
    }

    private static void appeared(Room room, long after, Collection<Subscriber> subscribers) {
        for (Subscriber subscriber : subscribers) {
            subscriber.session().guarded(() -> appeared(room, after, subscriber));
        }
    }

    private static void appeared(Room room, long after, Subscriber subscriber) {
        boolean admitted = ChatSession.rooms(subscriber.session()).mayEnter(room.name());
        if (admitted && subscriber.subscription().matches(TopicNames.topic(room.name()))) {
            subscriber.later(() ->
                    subscriber.follow(TopicNames.topic(room.name()), () -> follow(room, after, subscriber, false)));
        }
    }

    /**
     * Checks that a publication has no option that a room's log does not keep: recipients, whose lists hold for the
     * sessions of this moment, whereas a room's messages are read later too, by history, search and resumption (advanced
     * profile, "Event History", "Security Aspects"); the identity of a session; a payload that is opaque.
     */
    @Override
    public void check(Session publisher, Publish request, Recipients recipients) {
        if (recipients instanceof Recipients.Lists lists && lists.excludeOthersThan(publisher.id())) {
            throw new WampErrorException(
                    Uri.OPTION_NOT_ALLOWED,
                    "A room's messages are for all who may read it: exclude and eligible are not allowed");
        }
        Dict options = request.options();
        if (options.flag("disclose_me")) {
            throw new WampErrorException(
                    Uri.DISCLOSE_ME_DISALLOWED, "A room's messages name their author, not the publisher's session");
        }
        if (Passthru.used(options)) {
            throw new WampErrorException(Uri.FEATURE_NOT_SUPPORTED, "Rooms take no payload in passthru mode");
        }
    }

    @Override
    public boolean publish(Session publisher, Publish request, Recipients recipients) {
        RoomName name = TopicNames.room(request.topic());
        check(publisher, request, recipients);
        Draft draft = draft(publisher, request, recipients);
        boolean amends = Drafts.amends(draft);
        RoomSession roomSession = ChatSession.rooms(publisher);
        return publisher
                .sequencer()
                .durable(
                        draft::weight,
                        () -> (amends ? roomSession.amend(name, draft) : roomSession.send(name, draft))
                                .whenComplete((message, failure) ->
                                        publisher.guarded(() -> conclude(publisher, request, message, failure))),
                        amends);
    }

    private static Draft draft(Session publisher, Publish request, Recipients recipients) {
        try {
            return Drafts.of(ChatSession.author(publisher), request.payload(), SessionAudience.of(recipients));
        } catch (RefusedException refused) {
            throw RoomErrors.map(refused);
        }
    }

    private static void conclude(Session publisher, Publish request, Message message, Throwable failure) {
        if (failure == null) {
            PublishReply.published(publisher, request, RoomEvents.publication(message));
        } else {
            PublishReply.failed(publisher, request, RoomErrors.map(failure));
        }
    }
}
