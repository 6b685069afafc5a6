package veche.dialect.wamp.router;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Failure;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.room.Message;

/**
 * {@code wamp.subscription.get_events} (advanced profile, "Event History"), out of the rooms' logs: the newest messages,
 * as many as one answer holds, of which the filters choose. Topics that are no rooms have no history.
 */
final class History {
    private final Broker broker;
    private final int most;

    History(Broker broker, int most) {
        this.broker = broker;
        this.most = most;
    }

    CompletionStage<Payload> events(Session caller, Payload payload) {
        Arguments arguments = new Arguments(payload);
        long id = arguments.required(0, "subscription", Long.class);
        Subscription subscription = broker.subscription(caller, id);
        String topic = Optional.ofNullable(arguments.keyword("topic", String.class))
                .filter(subscription::matches)
                .orElse(subscription.uri());
        if (!RoomTopics.isRoom(topic)) {
            return CompletableFuture.completedFuture(Payload.EMPTY);
        }
        return caller.visit()
                .history(RoomTopics.room(topic), Long.MAX_VALUE, most)
                .thenApply(messages -> new Payload(chosen(subscription, arguments, messages), Map.of()));
    }

    private List<Object> chosen(Subscription subscription, Arguments arguments, List<Message> messages) {
        List<Object> events = new ArrayList<>();
        for (Message message : bounded(arguments, messages)) {
            if (inTime(arguments, message.at())) {
                events.add(event(subscription, message));
            }
        }
        if (Boolean.TRUE.equals(arguments.keyword("reverse", Boolean.class))) {
            Collections.reverse(events);
        }
        long limit = Optional.ofNullable(arguments.keyword("limit", Long.class)).orElse((long) most);
        return events.subList(0, (int) Math.max(0, Math.min(limit, events.size())));
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

    /** Between the publications that are named; what is named and not there leaves nothing. */
    private static List<Message> bounded(Arguments arguments, List<Message> messages) {
        int from = Math.max(
                start(arguments, "from_publication", messages, 0), start(arguments, "after_publication", messages, 1));
        int to = Math.min(
                end(arguments, "until_publication", messages, 1), end(arguments, "before_publication", messages, 0));
        return from >= to ? List.of() : messages.subList(from, to);
    }

    private static int start(Arguments arguments, String name, List<Message> messages, int further) {
        Long publication = arguments.keyword(name, Long.class);
        int index = publication == null ? -further : indexOf(publication, messages, messages.size());
        return index + further;
    }

    private static int end(Arguments arguments, String name, List<Message> messages, int further) {
        Long publication = arguments.keyword(name, Long.class);
        return publication == null ? messages.size() : indexOf(publication, messages, -1) + further;
    }

    private static int indexOf(long publication, List<Message> messages, int otherwise) {
        for (int i = 0; i < messages.size(); i++) {
            if (RoomEvents.publication(messages.get(i)) == publication) {
                return i;
            }
        }
        return otherwise;
    }

    private static boolean inTime(Arguments arguments, Instant at) {
        return time(arguments, "from_time").map(from -> !at.isBefore(from)).orElse(true)
                && time(arguments, "after_time").map(at::isAfter).orElse(true)
                && time(arguments, "until_time")
                        .map(until -> !at.isAfter(until))
                        .orElse(true)
                && time(arguments, "before_time").map(at::isBefore).orElse(true);
    }

    private static Optional<Instant> time(Arguments arguments, String name) {
        String text = arguments.keyword(name, String.class);
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw new Failure(Uri.INVALID_ARGUMENT, "'" + name + "' is no RFC 3339 time");
        }
    }
}
