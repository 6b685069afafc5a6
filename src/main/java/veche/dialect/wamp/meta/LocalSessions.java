package veche.dialect.wamp.meta;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;

/** The sessions of this node, as requests of the session meta API on any node refer to them. Thread-safe. */
public final class LocalSessions {
    private final Router router;
    private final SessionVisibility visibility;

    LocalSessions(Router router, SessionVisibility visibility) {
        this.router = router;
        this.visibility = visibility;
    }

    /** The sessions to be ended by a request. */
    public enum Selector {
        /** The session with an id. */
        SESSION,
        /** The sessions of an {@code authid}. */
        AUTHID,
        /** The sessions with an {@code authrole}. */
        AUTHROLE,
        /** All sessions; neither testaments nor meta events are published. */
        ALL
    }

    /**
     * A request to end sessions.
     *
     * @param value the id, {@code authid} or {@code authrole}; empty for all sessions
     * @param except the id of the session that makes the request, which remains
     * @param reason the URI in GOODBYE
     * @param message the message in GOODBYE
     */
    public record Kill(Selector selector, String value, long except, String reason, Optional<String> message) {
        private boolean concerns(Session session) {
            return session.id() != except
                    && switch (selector) {
                        case SESSION -> Long.toString(session.id()).equals(value);
                        case AUTHID -> session.identity().authid().equals(value);
                        case AUTHROLE -> session.identity().authrole().equals(value);
                        case ALL -> true;
                    };
        }
    }

    /** What is known of a session: its details in the meta API, and the rooms by which confined observers may see it. */
    public record Known(Map<String, Object> details, Set<String> rooms) {}

    /** The ids of the sessions with one of these roles, or of all. */
    public List<Long> list(Optional<Set<String>> roles) {
        return all(roles).map(Session::id).toList();
    }

    /** The rooms of each session with one of these roles, or of all. */
    public Stream<Map.Entry<Long, Set<String>>> rooms(Optional<Set<String>> roles) {
        return all(roles).map(session -> Map.entry(session.id(), visibility.rooms(session)));
    }

    /** The session with an id. */
    public Optional<Known> get(long id) {
        return router.session(id).map(session -> new Known(session.details(), visibility.rooms(session)));
    }

    /** Ends sessions and returns their ids. */
    public List<Long> kill(Kill request) {
        List<Session> concerned =
                router.sessions().stream().filter(request::concerns).toList();
        boolean quietly = request.selector() == Selector.ALL;
        concerned.forEach(session ->
                router.end(session, request.reason(), request.message().orElse(null), quietly));
        return concerned.stream().map(Session::id).toList();
    }

    /** Publishes a meta event about a session that is, or was, in these rooms, to those that may see it. */
    public void publish(String topic, List<@Nullable Object> args, Set<String> rooms) {
        router.broker().publish(topic, new Payload(args, Map.of()), visibility.observers(rooms));
    }

    /** The sessions of this node that an observer may see. */
    Stream<Session> visible(Session observer, Optional<Set<String>> roles) {
        return all(roles).filter(session -> visibility.isVisible(session, observer));
    }

    /** The session with an id, if an observer may see it. */
    Optional<Session> visible(Session observer, long id) {
        return router.session(id).filter(session -> visibility.isVisible(session, observer));
    }

    private Stream<Session> all(Optional<Set<String>> roles) {
        Predicate<Session> selected = roles.<Predicate<Session>>map(
                        some -> session -> some.contains(session.identity().authrole()))
                .orElse(session -> true);
        Collection<Session> sessions = router.sessions();
        return sessions.stream().filter(selected);
    }
}
