package veche.dialect.wamp.meta;

import static veche.dialect.wamp.router.Procedure.completed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Broker;
import veche.dialect.wamp.router.Match;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.Subscription;

/**
 * The procedures of the subscription meta API (advanced profile, "Subscription Meta API"). Subscriptions to room topics
 * are visible only to callers that may enter the room.
 */
final class SubscriptionMeta {
    private final Broker broker;

    SubscriptionMeta(Broker broker) {
        this.broker = broker;
    }

    void offerTo(Router router) {
        router.offerMeta("wamp.subscription.list", (caller, payload) -> completed(list(caller)));
        router.offerMeta(
                "wamp.subscription.lookup", (caller, payload) -> completed(lookup(caller, new Arguments(payload))));
        router.offerMeta(
                "wamp.subscription.match", (caller, payload) -> completed(match(caller, new Arguments(payload))));
        router.offerMeta(
                "wamp.subscription.get",
                (caller, payload) -> completed(named(caller, payload).details()));
        router.offerMeta(
                "wamp.subscription.list_subscribers",
                (caller, payload) -> completed(named(caller, payload).subscribers().stream()
                        .map(subscriber -> subscriber.session().id())
                        .toList()));
        router.offerMeta(
                "wamp.subscription.count_subscribers",
                (caller, payload) ->
                        completed((long) named(caller, payload).subscribers().size()));
    }

    private Map<String, Object> list(Session caller) {
        Map<String, Object> ids = new LinkedHashMap<>();
        for (Match match : Match.values()) {
            ids.put(
                    match.wireName(),
                    broker.index().all(match).stream()
                            .filter(subscription -> subscription.isVisibleTo(caller))
                            .map(Subscription::id)
                            .toList());
        }
        return ids;
    }

    private @Nullable Long lookup(Session caller, Arguments arguments) {
        String topic = arguments.required(0, "topic", String.class);
        return broker.index()
                .get(Match.of(MetaArguments.options(arguments)), topic)
                .filter(subscription -> subscription.isVisibleTo(caller))
                .map(Subscription::id)
                .orElse(null);
    }

    private @Nullable List<Long> match(Session caller, Arguments arguments) {
        List<Long> ids = new ArrayList<>();
        broker.index().forEachMatch(arguments.required(0, "topic", String.class), subscription -> {
            if (subscription.isVisibleTo(caller)) {
                ids.add(subscription.id());
            }
        });
        return ids.isEmpty() ? null : ids;
    }

    private Subscription named(Session caller, Payload payload) {
        return broker.subscription(caller, new Arguments(payload).required(0, "subscription", Long.class));
    }
}
