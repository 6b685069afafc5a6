package veche.dialect.wamp.router;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * What sessions share under a URI, subscriptions or registrations: made by the first who joins, gone with the last who
 * leaves, found by URI and by id. Tells all of it in meta events (advanced profile, "Subscription Meta API" and
 * "Registration Meta API"). Thread-safe.
 */
final class Directory<E extends Directory.Entry> {
    /** What stands under a URI. */
    interface Entry {
        long id();

        Match match();

        String uri();

        boolean isEmpty();

        /** Takes a session out; false where it was not in. */
        boolean leave(Session session);

        /** As meta events tell it. */
        Map<String, Object> details();
    }

    /** Publishes a meta event about an entry. */
    @FunctionalInterface
    interface Meta<E> {
        void publish(E entry, String topic, Object... args);
    }

    private final UriIndex<E> index = new UriIndex<>();
    private final Map<Long, E> byId = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final String kind;
    private final String joining;
    private final Meta<E> meta;

    /**
     * @param kind how the topics of its meta events begin
     * @param joining what a session does to join: {@code subscribe} is told as {@code on_subscribe}, and leaving as
     *     {@code on_unsubscribe}
     * @param meta publishes a meta event
     */
    Directory(String kind, String joining, Meta<E> meta) {
        this.kind = kind;
        this.joining = joining;
        this.meta = meta;
    }

    UriIndex<E> index() {
        return index;
    }

    Optional<E> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Lets a session join what stands there, or what is made where nothing does.
     *
     * @param make makes it, with that id
     * @param join puts the session in, and may throw instead; false where it was in before
     */
    E join(Session session, Match match, String uri, LongFunction<E> make, Predicate<E> join) {
        AtomicReference<E> joined = new AtomicReference<>();
        boolean[] news = new boolean[2];
        index.compute(match, uri, existing -> {
            E entry = existing == null ? make.apply(lastId.incrementAndGet()) : existing;
            news[0] = existing == null;
            news[1] = join.test(entry);
            byId.put(entry.id(), entry);
            joined.set(entry);
            return entry;
        });
        E entry = joined.get();
        if (news[0]) {
            meta.publish(entry, kind + ".on_create", session.id(), entry.details());
        }
        if (news[1]) {
            meta.publish(entry, kind + ".on_" + joining, session.id(), entry.id());
        }
        return entry;
    }

    /** Takes a session out, and where it was the last, the entry as well. */
    void leave(Session session, E entry) {
        boolean[] news = new boolean[2];
        index.compute(entry.match(), entry.uri(), existing -> {
            news[0] = existing == entry && entry.leave(session);
            news[1] = news[0] && entry.isEmpty();
            if (news[1]) {
                byId.remove(entry.id());
            }
            return news[1] ? null : existing;
        });
        if (news[0]) {
            meta.publish(entry, kind + ".on_un" + joining, session.id(), entry.id());
        }
        if (news[1]) {
            meta.publish(entry, kind + ".on_delete", session.id(), entry.id());
        }
    }
}
