package veche.dialect.wamp.chat;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.Client.Following;
import veche.dialect.Failures;
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
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscriber;
import veche.dialect.wamp.router.UriIndex;
import veche.room.Position;
import veche.room.Presence;
import veche.room.RefusedException;
import veche.room.Resumption;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;

/**
 * Exposes rooms as durable topics {@code veche.room.<room>}: a subscription follows the room's log, a publication
 * appends to it ({@link RoomPublications}). A pattern-based subscription follows each matching room from its next
 * message. Thread-safe.
 */
final class RoomTopics implements DurableTopics {
    private final PatternFollower patterns;

    RoomTopics(Rooms rooms) {
        this.patterns = new PatternFollower(rooms, RoomTopics::appeared);
    }

    @Override
    public boolean isDurable(String topic) {
        return TopicNames.isRoom(topic);
    }

    @Override
    public Recipients observers(Match match, String topic) {
        RoomPattern named = RoomPattern.of(match, topic);
        return session -> named.admits(ChatSession.rooms(session));
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
            return topic.startsWith(TopicNames.PREFIX)
                    ? followSignals(ChatSession.rooms(session), topic)
                    : Optional.empty();
        }
        if (Uri.isWithin(topic, "veche")) {
            RoomPattern.of(match, topic).check(ChatSession.rooms(session));
        }
        return reachesRooms(match, topic)
                ? Optional.of(CompletableFuture.completedFuture((subscriber, subscribed) -> subscribed.run()))
                : Optional.empty();
    }

    /** Checks that the session may enter the room whose signals it subscribes to, if necessary after a decision. */
    private static Optional<CompletionStage<Start>> followSignals(RoomSession roomSession, String topic) {
        RoomName name = TopicNames.room(topic.substring(0, topic.indexOf('.', TopicNames.PREFIX.length())));
        CompletionStage<Start> checked = roomSession.resolved(name, () -> {
            roomSession.checkEntry(name);
            return CompletableFuture.completedFuture((subscriber, subscribed) -> subscribed.run());
        });
        return checked.toCompletableFuture().isDone() ? Optional.empty() : Optional.of(RoomErrors.mapping(checked));
    }

    private CompletionStage<Start> followOne(Session session, RoomName name, Dict options) {
        Optional<Position> known = known(options);
        boolean resuming = options.has("_after");
        CompletionStage<Room> caughtUp = ChatSession.rooms(session)
                .open(name)
                .thenCompose(
                        room -> known.map(position -> ChatSession.rooms(session).caughtUp(room, position))
                                .orElseGet(() -> CompletableFuture.completedFuture(room)));
        return RoomErrors.mapping(caughtUp).thenApply(room -> (subscriber, subscribed) -> {
            CompletionStage<Room> opened = CompletableFuture.completedFuture(room);
            Resumption resumption = known.map(
                            position -> ChatSession.rooms(session).resume(room, position))
                    .orElseGet(() -> Resumption.fromTail(room, null));
            subscribed.run();
            if (resuming) {
                sendPosition(subscriber, resumption);
                subscriber.followAnew(
                        TopicNames.topic(name), () -> follow(name, opened, resumption.after(), subscriber, true));
            } else {
                subscriber.follow(
                        TopicNames.topic(name), () -> follow(name, opened, resumption.after(), subscriber, false));
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
        return new WampErrorException(Uri.INVALID_ARGUMENT, "'_after' must be null or contain 'epoch' and 'position'");
    }

    private static Following follow(
            RoomName name, CompletionStage<Room> opening, long after, Subscriber subscriber, boolean resuming) {
        Session session = subscriber.session();
        Presence.Stay attendance;
        try {
            attendance = ChatSession.rooms(session).attend(name);
        } catch (RefusedException refusal) {
            // Banned concurrently: the session receives no messages of the room.
            return () -> {};
        }
        opening.whenComplete((room, failure) -> {
            if (failure != null) {
                attendance.end();
                if (!(Failures.cause(failure) instanceof RefusedException)) {
                    session.peer().fail(Failures.cause(failure));
                }
            }
        });
        Following following =
                ((RoomPeer) session.peer()).follow(opening, after, session, subscriber.subscription(), resuming);
        return () -> {
            following.stop();
            attendance.end();
        };
    }

    /**
     * Sends the event that follows SUBSCRIBED and reports to a resuming client the position and whether it recovered.
     */
    private static void sendPosition(Subscriber subscriber, Resumption resumption) {
        Dict details = new Dict(Map.of(
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

    /** Called on the log's writer thread, before messages after the given position become visible. */
    private static void appeared(
            RoomName name, CompletionStage<Room> opening, long after, Collection<Subscriber> subscribers) {
        String topic = TopicNames.topic(name);
        for (Subscriber subscriber : subscribers) {
            if (subscriber.subscription().matches(topic)) {
                // Anew, because a room is announced again if it could not be opened.
                Runnable following =
                        () -> subscriber.followAnew(topic, () -> follow(name, opening, after, subscriber, false));
                subscriber.session().guarded(() -> whenAdmitted(subscriber, name, following));
            }
        }
    }

    /** Runs an action once the policy permits to enter a room: at once, unless it decides asynchronously. */
    private static void whenAdmitted(Subscriber subscriber, RoomName name, Runnable action) {
        RoomSession roomSession = ChatSession.rooms(subscriber.session());
        roomSession
                .resolved(name, () -> CompletableFuture.completedFuture(roomSession.mayEnter(name)))
                .thenAccept(admitted -> subscriber.session().guarded(() -> {
                    if (admitted) {
                        subscriber.later(action);
                    }
                }));
    }

    @Override
    public void check(Session publisher, Publish request, Recipients recipients) {
        RoomPublications.check(publisher, request, recipients);
    }

    @Override
    public boolean publish(Session publisher, Publish request, Recipients recipients) {
        return RoomPublications.publish(publisher, request, recipients);
    }
}
