package veche.dialect.wamp.router;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * The entries that sessions share under a URI: subscriptions or registrations. The first session that joins creates an
 * entry, and the last one that leaves removes it. Entries are found by URI and by id. Changes are published as meta
 * events (advanced profile, "Subscription Meta API" and "Registration Meta API"). Thread-safe.
 */
final class Directory<E extends Directory.Entry> {
    /** A subscription or registration. */
    interface Entry {
        long id();

        Match match();

        String uri();

        boolean isEmpty();

        /** Removes a session; returns false where it is not a member. */
        boolean leave(Session session);

        /** The last member has left. */
        default void removed() {}

        /** The details in meta events. */
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
     * @param kind the prefix of the topics of meta events
     * @param joining the action that joins an entry: {@code subscribe} is published as {@code on_subscribe}, and
     *     leaving as {@code on_unsubscribe}
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
     * Adds a session to the entry under a URI, creating the entry where there is none.
     *
     * @param make creates an entry with the given id
     * @param join adds the session to the entry, or throws; returns false where the session is already a member
     */
    E join(Session session, Match match, String uri, LongFunction<E> make, Predicate<E> join) {
        boolean[] changes = new boolean[2];
        E joined = index.compute(match, uri, existing -> {
            E entry = existing == null ? make.apply(lastId.incrementAndGet()) : existing;
            changes[0] = existing == null;
            changes[1] = join.test(entry);
            byId.put(entry.id(), entry);
            return entry;
        });
        E entry = Objects.requireNonNull(joined, "entry");
        if (changes[0]) {
            meta.publish(entry, kind + ".on_create", session.id(), entry.details());
        }
        if (changes[1]) {
            meta.publish(entry, kind + ".on_" + joining, session.id(), entry.id());
        }
        return entry;
    }

    /**
     * Removes a session from an entry, and the entry where that session was its last member; returns false where it was
     * not a member.
     */
    boolean leave(Session session, E entry) {
        boolean[] changes = new boolean[2];
        index.compute(entry.match(), entry.uri(), existing -> {
            changes[0] = existing == entry && entry.leave(session);
            changes[1] = changes[0] && entry.isEmpty();
            if (changes[1]) {
                byId.remove(entry.id());
                entry.removed();
            }
            return changes[1] ? null : existing;
        });
        if (changes[0]) {
            meta.publish(entry, kind + ".on_un" + joining, session.id(), entry.id());
        }
        if (changes[1]) {
            meta.publish(entry, kind + ".on_delete", session.id(), entry.id());
        }
        return changes[0];
    }
}
