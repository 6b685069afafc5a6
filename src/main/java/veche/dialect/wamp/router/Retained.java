package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Failure;
import veche.room.Audience;

/**
 * The last event of each topic that was published with {@code retain} (advanced profile, "Event Retention"). The heap of
 * each is accounted to the user that published it. Thread-safe.
 */
final class Retained {
    private record Kept(Event event, Audience audience, String user, long bytes, long since) {}

    private final Map<String, Kept> byTopic = new ConcurrentHashMap<>();
    private final int most;
    private final Duration expiry;
    private final RetentionBudget budget;
    private final LongSupplier nanoTime;

    Retained(int most, Duration expiry, RetentionBudget budget) {
        this(most, expiry, budget, System::nanoTime);
    }

    Retained(int most, Duration expiry, RetentionBudget budget, LongSupplier nanoTime) {
        this.most = most;
        this.expiry = expiry;
        this.budget = budget;
        this.nanoTime = nanoTime;
    }

    /** @throws Failure {@code veche.error.limit_reached}, where the event could not be retained now */
    void check(Event event, String user) {
        Kept before = byTopic.get(event.topic());
        if (before == null && byTopic.size() >= most) {
            removeExpired();
            if (byTopic.size() >= most) {
                throw new Failure(LIMIT_REACHED, "At most " + most + " topics have a retained event");
            }
        }
        long freed = before != null && before.user().equals(user) ? before.bytes() : 0;
        budget.check(user, bytes(event) - freed);
    }

    /** Keeps it instead of the topic's former one; the publisher has been answered by {@link #check} if it cannot be. */
    void keep(Event event, Audience audience, String user) {
        long bytes = bytes(event);
        byTopic.compute(event.topic(), (topic, before) -> {
            release(before);
            try {
                budget.reserve(user, bytes);
            } catch (Failure meanwhileFull) {
                return null;
            }
            return new Kept(event.with("retained", true), audience, user, bytes, nanoTime.getAsLong());
        });
    }

    private void release(Kept kept) {
        if (kept != null) {
            budget.release(kept.user(), kept.bytes());
        }
    }

    private static long bytes(Event event) {
        return event.payload().heapBytes()
                + new Dict(event.details()).heapBytes()
                + 2L * event.topic().length();
    }

    private boolean isExpired(Kept kept) {
        return nanoTime.getAsLong() - kept.since() > expiry.toNanos();
    }

    private void removeExpired() {
        byTopic.forEach((topic, kept) -> {
            if (isExpired(kept) && byTopic.remove(topic, kept)) {
                release(kept);
            }
        });
    }

    /** Gives a new subscriber what matches, if it asks for it. */
    void give(Subscriber subscriber, Dict options) {
        if (!options.flag("get_retained")) {
            return;
        }
        removeExpired();
        Subscription subscription = subscriber.subscription();
        byTopic.forEach((topic, kept) -> {
            if (subscription.matches(topic) && kept.audience().admits(subscriber.session())) {
                Event event = kept.event().under(subscription);
                subscriber.session().peer().hear(new Delivery(subscription, event));
            }
        });
    }
}
