package veche.dialect.wamp.router;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import veche.dialect.wamp.message.Ids;
import veche.dialect.wamp.router.SessionRequests.Use;

/** The open sessions of clients, and the listeners to their opening and end. Thread-safe. */
final class OpenSessions {
    private final Map<Long, Session> byId = new ConcurrentHashMap<>();
    private final List<SessionListener> listeners = new CopyOnWriteArrayList<>();
    private final SecureRandom random = new SecureRandom();

    void addListener(SessionListener listener) {
        listeners.add(listener);
    }

    /**
     * Creates a session with a random, unused id.
     *
     * @param welcome sends WELCOME, before any other message
     * @throws RuntimeException where a listener rejects the session
     */
    Session open(LongFunction<Session> create, Consumer<Session> welcome) {
        Session session = enroll(create);
        try {
            opening(session);
        } catch (RuntimeException rejected) {
            byId.remove(session.id());
            throw rejected;
        }
        welcome.accept(session);
        listeners.forEach(listener -> listener.opened(session));
        return session;
    }

    /** @throws RuntimeException where a listener rejects the session */
    void opening(Session session) {
        listeners.forEach(listener -> listener.opening(session));
    }

    private Session enroll(LongFunction<Session> create) {
        while (true) {
            Session session = create.apply(1 + (random.nextLong() & Ids.MAX - 1));
            if (byId.putIfAbsent(session.id(), session) == null) {
                return session;
            }
        }
    }

    /**
     * Ends a session. Idempotent.
     *
     * @param quietly whether neither testaments nor meta events are published
     * @param leave removes the session's subscriptions, registrations and calls
     */
    void close(Session session, boolean quietly, Runnable leave) {
        if (session.end()) {
            byId.remove(session.id());
            listeners.forEach(listener -> listener.closing(session));
            leave.run();
            listeners.forEach(listener -> listener.left(session, quietly));
            listeners.forEach(listener -> listener.closed(session, quietly));
        }
    }

    void revoked(Session session, Use use, String reason) {
        listeners.forEach(listener -> listener.revoked(session, use.action(), use.uri(), use.match(), reason));
    }

    Collection<Session> all() {
        return byId.values();
    }

    Optional<Session> get(long id) {
        return Optional.ofNullable(byId.get(id));
    }
}
