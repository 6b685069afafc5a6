package veche.dialect.wamp.router;

import static veche.dialect.wamp.router.SessionMeta.done;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;

/**
 * The procedures of the subscription meta API (advanced profile, "Subscription Meta API"). Subscriptions that name a room
 * exist only for callers who may enter it.
 */
final class SubscriptionMeta {
    private final Broker broker;

    SubscriptionMeta(Broker broker) {
        this.broker = broker;
    }

    void offerTo(Dealer dealer) {
        dealer.offer("wamp.subscription.list", (caller, payload) -> done(list(caller)));
        dealer.offer("wamp.subscription.lookup", (caller, payload) -> done(lookup(caller, new Arguments(payload))));
        dealer.offer("wamp.subscription.match", (caller, payload) -> done(match(caller, new Arguments(payload))));
        dealer.offer(
                "wamp.subscription.get",
                (caller, payload) -> done(named(caller, payload).details()));
        dealer.offer(
                "wamp.subscription.list_subscribers",
                (caller, payload) -> done(named(caller, payload).subscribers().stream()
                        .map(subscriber -> subscriber.session().id())
                        .toList()));
        dealer.offer(
                "wamp.subscription.count_subscribers",
                (caller, payload) ->
                        done((long) named(caller, payload).subscribers().size()));
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

    private Long lookup(Session caller, Arguments arguments) {
        String topic = arguments.required(0, "topic", String.class);
        return broker.index()
                .get(Match.of(options(arguments)), topic)
                .filter(subscription -> subscription.isVisibleTo(caller))
                .map(Subscription::id)
                .orElse(null);
    }

    @SuppressWarnings("unchecked")
    static Dict options(Arguments arguments) {
        return arguments
                .any(1, "options", Map.class)
                .map(options -> new Dict((Map<String, Object>) options))
                .orElse(Dict.EMPTY);
    }

    private List<Long> match(Session caller, Arguments arguments) {
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
