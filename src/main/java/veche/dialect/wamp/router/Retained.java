package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.WampErrorException;

/**
 * The last event of each topic that was published with {@code retain} (advanced profile, "Event Retention"), and beside it
 * those published since for some sessions only: a subscriber receives the most recent one that admits it. The heap of each
 * is accounted to the user that published it. Thread-safe.
 */
final class Retained {
    /** Events of one topic; above, the oldest that is not for all is dropped. */
    private static final int MAX_PER_TOPIC = 16;

    private record Kept(Event event, Recipients recipients, String user, long bytes, long since) {
        boolean isForSome() {
            return recipients instanceof Recipients.Lists;
        }

        /** No subscriber receives this one any more, once that one was published. */
        boolean isOvertakenBy(Recipients later) {
            return !(later instanceof Recipients.Lists) || later.equals(recipients);
        }
    }

    /** Oldest first, never empty. */
    private final Map<String, List<Kept>> byTopic = new ConcurrentHashMap<>();

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

    /** @throws WampErrorException {@code veche.error.limit_reached}, where the event could not be retained now */
    void check(Event event, Recipients recipients, String user) {
        List<Kept> before = byTopic.getOrDefault(event.topic(), List.of());
        if (before.isEmpty() && byTopic.size() >= most) {
            removeExpired();
            if (byTopic.size() >= most) {
                throw new WampErrorException(LIMIT_REACHED, "At most " + most + " topics have a retained event");
            }
        }
        long freed = before.stream()
                .filter(kept -> kept.isOvertakenBy(recipients) && Objects.equals(kept.user(), user))
                .mapToLong(Kept::bytes)
                .sum();
        budget.check(user, bytes(event) - freed);
    }

    /** Keeps it instead of what it overtakes; the publisher has been answered by {@link #check} if it cannot be. */
    void keep(Event event, Recipients recipients, String user) {
        long bytes = bytes(event);
        byTopic.compute(event.topic(), (topic, before) -> {
            List<Kept> after = without(before, kept -> kept.isOvertakenBy(recipients));
            try {
                budget.reserve(user, bytes);
                after.add(new Kept(event.with("retained", true), recipients, user, bytes, nanoTime.getAsLong()));
            } catch (WampErrorException meanwhileFull) {
                return nullIfEmpty(after);
            }
            return after.size() > MAX_PER_TOPIC ? without(after, oldestForSome(after)::equals) : after;
        });
    }

    private static Kept oldestForSome(List<Kept> kept) {
        return kept.stream().filter(Kept::isForSome).findFirst().orElseThrow();
    }

    /** A copy without those, whose bytes are released. */
    private List<Kept> without(List<Kept> before, Predicate<Kept> which) {
        List<Kept> after = new ArrayList<>();
        for (Kept kept : before == null ? List.<Kept>of() : before) {
            if (which.test(kept)) {
                budget.release(kept.user(), kept.bytes());
            } else {
                after.add(kept);
            }
        }
        return after;
    }

    private static List<Kept> nullIfEmpty(List<Kept> kept) {
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

    /** Gives a new subscriber what matches, if it asks for it. */
    void give(Subscriber subscriber, Dict options) {
        if (!options.flag("get_retained")) {
            return;
        }
        removeExpired();
        Subscription subscription = subscriber.subscription();
        byTopic.forEach((topic, kept) -> {
            if (subscription.matches(topic)) {
                maxRecent(kept, subscriber.session())
                        .ifPresent(event -> subscriber.deliver(new Delivery(
                                subscription.id(), subscription.uri(), event.under(subscription.match()))));
            }
        });
    }

    private static Optional<Event> maxRecent(List<Kept> kept, Session session) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).recipients().include(session)) {
                return Optional.of(kept.get(i).event());
            }
        }
        return Optional.empty();
    }
}
