package veche.dialect.wamp.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Broker;
import veche.dialect.wamp.router.Event;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;
import veche.room.Message;
import veche.room.Room;
import veche.room.RoomName;
import veche.room.RoomSession;
import veche.room.Rooms;

/**
 * {@code wamp.subscription.get_events} (advanced profile, "Event History"), from the logs of all rooms that match the
 * subscription and that the caller may enter. Topics other than rooms have no history. The result has the keyword
 * argument {@code _partial} if a server limit truncated it, so that further events may exist.
 */
final class History {
    /** The maximum number of rooms that a pattern may match, since a page of each is in memory at the same time. */
    private static final int MAX_ROOMS = 100;

    private final Broker broker;
    private final Rooms rooms;
    private final Executor executor;
    private final int maxEvents;
    private final Semaphore longScans;

    /**
     * Creates the procedure.
     *
     * @param executor filters messages
     */
    History(Broker broker, Rooms rooms, Executor executor, ChatLimits limits) {
        this.broker = broker;
        this.rooms = rooms;
        this.executor = executor;
        this.maxEvents = limits.maxHistory();
        this.longScans = new Semaphore(limits.search().running());
    }

    CompletionStage<Payload> events(Session caller, Payload payload) {
        Arguments arguments = new Arguments(payload);
        Subscription subscription = broker.subscription(caller, arguments.required(0, "subscription", Long.class));
        HistoryFilter filter = HistoryFilter.of(arguments, maxEvents);
        return matchingRooms(ChatSession.rooms(caller), subscription, arguments.keyword("topic", String.class))
                .thenCompose(names -> opened(ChatSession.rooms(caller), names))
                .thenCompose(
                        opened -> new HistoryScan(ChatSession.rooms(caller), opened, filter, longScans, executor).run())
                .thenApply(done -> answer(subscription, filter));
    }

    /** @param topic the only topic requested; all if empty */
    private CompletionStage<List<RoomName>> matchingRooms(
            RoomSession roomSession, Subscription subscription, Optional<String> topic) {
        if (subscription.match() == Match.EXACT) {
            boolean requested = topic.map(subscription.uri()::equals).orElse(true);
            return CompletableFuture.completedFuture(
                    requested && TopicNames.isRoom(subscription.uri())
                            ? List.of(TopicNames.room(subscription.uri()))
                            : List.of());
        }
        return rooms.names()
                .thenApply(names -> names.stream()
                        .filter(name -> {
                            String of = TopicNames.topic(name);
                            return topic.map(of::equals).orElse(true)
                                    && subscription.matches(of)
                                    && roomSession.mayEnter(name);
                        })
                        .toList());
    }

    private static CompletionStage<List<Room>> opened(RoomSession roomSession, List<RoomName> names) {
        if (names.size() > MAX_ROOMS) {
            throw new WampErrorException(
                    Uri.LIMIT_REACHED, "The pattern matches more than " + MAX_ROOMS + " rooms; name one as 'topic'");
        }
        List<CompletableFuture<Room>> pending = names.stream()
                .map(name -> roomSession.open(name).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new))
                .thenApply(all -> pending.stream().map(CompletableFuture::join).toList());
    }

    private static Payload answer(Subscription subscription, HistoryFilter filter) {
        List<Object> events = filter.chosen().stream()
                .<Object>map(message -> event(subscription, message))
                .toList();
        return new Payload(events, filter.isPartial() ? Map.of("_partial", true) : Map.of());
    }

    private static Map<String, Object> event(Subscription subscription, Message message) {
        Event event = RoomEvents.event(message, subscription.match() != Match.EXACT, true);
        Map<String, Object> dict = new LinkedHashMap<>();
        dict.put("timestamp", RoomEvents.time(message.at()));
        dict.put("subscription", subscription.id());
        dict.put("publication", event.publication());
        dict.put("details", event.details());
        dict.put("args", event.payload().args());
        dict.put("kwargs", event.payload().kwargs());
        return dict;
    }
}
