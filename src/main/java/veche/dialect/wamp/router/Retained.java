package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.WampErrorException;
import veche.limit.ClientMemory;

/**
 * The last event of each topic that was published with {@code retain} (advanced profile, "Event Retention"), and the
 * later ones restricted to some sessions: a subscriber receives the most recent event for which it is eligible. The
 * heap of each event is accounted to the user that published it. Thread-safe.
 */
final class Retained {
    /** The maximum number of events per topic; beyond it, the oldest restricted event is dropped. */
    private static final int MAX_PER_TOPIC = 16;

    private record Kept(
            Event event, Recipients recipients, @Nullable String user, long bytes, long since) {
        boolean isRestricted() {
            return recipients instanceof Recipients.Lists;
        }

        /** Whether this event is dropped when a later one with the given recipients is retained. */
        boolean isSupersededBy(Recipients later) {
            return !(later instanceof Recipients.Lists) || later.equals(recipients);
        }
    }

    /** The events of each topic, oldest first; no list is empty. */
    private final Map<String, List<Kept>> byTopic = new ConcurrentHashMap<>();

    private final int maxTopics;
    private final Duration expiry;
    private final RetentionBudget budget;
    private final LongSupplier nanoTime;

    Retained(int maxTopics, Duration expiry, RetentionBudget budget) {
        this(maxTopics, expiry, budget, System::nanoTime);
    }

    Retained(int maxTopics, Duration expiry, RetentionBudget budget, LongSupplier nanoTime) {
        this.maxTopics = maxTopics;
        this.expiry = expiry;
        this.budget = budget;
        this.nanoTime = nanoTime;
    }

    /**
     * Checks that an event can be retained.
     *
     * @throws WampErrorException {@code veche.error.limit_reached}, where it cannot be retained at present
     */
    void check(Event event, Recipients recipients, @Nullable String user) {
        List<Kept> before = byTopic.getOrDefault(event.topic(), List.of());
        if (before.isEmpty() && byTopic.size() >= maxTopics) {
            removeExpired();
            if (byTopic.size() >= maxTopics) {
                throw new WampErrorException(LIMIT_REACHED, "At most " + maxTopics + " topics have a retained event");
            }
        }
        long freed = before.stream()
                .filter(kept -> kept.isSupersededBy(recipients) && Objects.equals(kept.user(), user))
                .mapToLong(Kept::bytes)
                .sum();
        budget.check(user, bytes(event) - freed);
    }

    /**
     * Retains an event in place of those that it supersedes. The event is dropped where the budget has been exhausted
     * since {@link #check}.
     */
    void keep(Event event, Recipients recipients, @Nullable String user) {
        long bytes = bytes(event);
        byTopic.compute(event.topic(), (topic, before) -> {
            List<Kept> after = without(before, kept -> kept.isSupersededBy(recipients));
            try {
                budget.reserve(ClientMemory.Part.RETAINED, user, bytes);
                after.add(new Kept(event.with("retained", true), recipients, user, bytes, nanoTime.getAsLong()));
            } catch (WampErrorException meanwhileFull) {
                return nullIfEmpty(after);
            }
            return after.size() > MAX_PER_TOPIC ? without(after, oldestRestricted(after)::equals) : after;
        });
    }

    /** Retains an event unless one of the same topic and recipients is retained. */
    void keepIfAbsent(Event event, Recipients recipients) {
        boolean present = byTopic.getOrDefault(event.topic(), List.of()).stream()
                .anyMatch(kept -> kept.isSupersededBy(recipients));
        if (!present) {
            keep(event, recipients, null);
        }
    }

    /** Passes each event that has not expired, and its recipients. */
    void forEach(BiConsumer<Event, Recipients> consumer) {
        byTopic.values().stream()
                .flatMap(List::stream)
                .filter(kept -> !isExpired(kept))
                .forEach(kept -> consumer.accept(kept.event(), kept.recipients()));
    }

    private static Kept oldestRestricted(List<Kept> kept) {
        return kept.stream().filter(Kept::isRestricted).findFirst().orElseThrow();
    }

    /** Returns a copy without the selected events, and releases their bytes. */
    private List<Kept> without(@Nullable List<Kept> before, Predicate<Kept> which) {
        List<Kept> after = new ArrayList<>();
        for (Kept kept : before == null ? List.<Kept>of() : before) {
            if (which.test(kept)) {
                budget.release(ClientMemory.Part.RETAINED, kept.user(), kept.bytes());
            } else {
                after.add(kept);
            }
        }
        return after;
    }

    private static @Nullable List<Kept> nullIfEmpty(List<Kept> kept) {
        return kept.isEmpty() ? null : kept;
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
        for (String topic : byTopic.keySet()) {
            byTopic.computeIfPresent(
                    topic,
                    (name, before) -> before.stream().anyMatch(this::isExpired)
                            ? nullIfEmpty(without(before, this::isExpired))
                            : before);
        }
    }

    /** Delivers the matching events to a new subscriber that has requested them. */
    void deliver(Subscriber subscriber, Dict options) {
        if (!options.flag("get_retained")) {
            return;
        }
        removeExpired();
        Subscription subscription = subscriber.subscription();
        byTopic.forEach((topic, kept) -> {
            if (subscription.matches(topic)) {
                mostRecent(kept, subscriber.session())
                        .ifPresent(event -> subscriber.deliver(new Delivery(
                                subscription.id(), subscription.uri(), event.under(subscription.match()))));
            }
        });
    }

    private static Optional<Event> mostRecent(List<Kept> kept, Session session) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).recipients().include(session)) {
                return Optional.of(kept.get(i).event());
            }
        }
        return Optional.empty();
    }
}
