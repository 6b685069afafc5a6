package veche.dialect.wamp.meta;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Identity;
import veche.dialect.wamp.router.Procedure;
import veche.dialect.wamp.router.Recipients;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.SessionKey;
import veche.dialect.wamp.router.SessionListener;

/**
 * The procedures and events of the session meta API (advanced profile, "Session Meta API"). Only administrator roles
 * may kill sessions, because the endpoint is public. Thread-safe.
 */
final class SessionMeta implements SessionListener {
    private final Router router;
    private final SessionVisibility visibility;
    private final Set<String> administrators;
    private static final SessionKey<AtomicReference<Recipients>> OBSERVERS =
            SessionKey.of(() -> new AtomicReference<>(session -> false));

    SessionMeta(Router router, SessionVisibility visibility, Set<String> administrators) {
        this.router = router;
        this.visibility = visibility;
        this.administrators = administrators;
    }

    @Override
    public void opened(Session session) {
        router.broker().publish("wamp.session.on_join", Payload.of(session.details()), visibility.observers(session));
    }

    @Override
    public void closing(Session session) {
        session.get(OBSERVERS).set(visibility.observers(session));
    }

    @Override
    public void closed(Session session, boolean quietly) {
        if (session.isListed() && !quietly) {
            Identity identity = session.identity();
            router.broker()
                    .publish(
                            "wamp.session.on_leave",
                            Payload.of(session.id(), identity.authid(), identity.authrole()),
                            Objects.requireNonNull(session.get(OBSERVERS).get()));
        }
    }

    void offer() {
        router.offerMeta(
                "wamp.session.count",
                (caller, payload) ->
                        Procedure.completed((long) filtered(caller, payload).size()));
        router.offerMeta(
                "wamp.session.list",
                (caller, payload) -> Procedure.completed(
                        filtered(caller, payload).stream().map(Session::id).toList()));
        router.offerMeta(
                "wamp.session.get",
                (caller, payload) ->
                        Procedure.completed(visible(caller, payload).details()));
        router.offerMeta("wamp.session.kill", this::kill);
        router.offerMeta("wamp.session.kill_by_authid", (caller, payload) -> {
            String authid = new Arguments(payload).required(0, "authid", String.class);
            List<Session> killed = killAll(
                    caller, payload, session -> session.identity().authid().equals(authid));
            return Procedure.completed(killed.stream().map(Session::id).toList());
        });
        router.offerMeta("wamp.session.kill_by_authrole", (caller, payload) -> {
            String role = new Arguments(payload).required(0, "authrole", String.class);
            return Procedure.completed((long) killAll(
                            caller,
                            payload,
                            session -> session.identity().authrole().equals(role))
                    .size());
        });
        router.offerMeta("wamp.session.kill_all", this::killAll);
    }

    /** Returns the sessions that the caller may see, of the given roles or, where none are given, of all. */
    private Collection<Session> filtered(Session caller, Payload payload) {
        Optional<?> roles = new Arguments(payload).any(0, "filter_authroles", List.class);
        if (roles.isPresent() && !((List<?>) roles.get()).stream().allMatch(String.class::isInstance)) {
            throw new WampErrorException(
                    Uri.INVALID_ARGUMENT, "'filter_authroles' contains a value that is not a string");
        }
        return router.sessions().stream()
                .filter(session -> visibility.isVisible(session, caller))
                .filter(session -> roles.isEmpty()
                        || ((List<?>) roles.get()).contains(session.identity().authrole()))
                .toList();
    }

    private Session named(Payload payload) {
        return named(payload, session -> true);
    }

    private Session visible(Session caller, Payload payload) {
        return named(payload, session -> visibility.isVisible(session, caller));
    }

    private Session named(Payload payload, Predicate<Session> which) {
        long id = new Arguments(payload).required(0, "session", Long.class);
        return router.session(id)
                .filter(which)
                .orElseThrow(() -> new WampErrorException(Uri.NO_SUCH_SESSION, "There is no session " + id));
    }

    private CompletionStage<Payload> kill(Session caller, Payload payload) {
        checkAdministrator(caller);
        Session victim = named(payload);
        if (victim == caller) {
            throw new WampErrorException(Uri.NO_SUCH_SESSION, "A session cannot kill itself");
        }
        Goodbye goodbye = Goodbye.of(payload);
        router.end(victim, goodbye.reason(), goodbye.message(), false);
        return Procedure.completed();
    }

    private List<Session> killAll(Session caller, Payload payload, Predicate<Session> which) {
        List<Session> victims = victims(caller, which);
        Goodbye goodbye = Goodbye.of(payload);
        victims.forEach(victim -> router.end(victim, goodbye.reason(), goodbye.message(), false));
        return victims;
    }

    /**
     * Kills all other sessions. Unlike the other kill procedures, this publishes neither session meta events nor
     * testaments.
     */
    private CompletionStage<Payload> killAll(Session caller, Payload payload) {
        List<Session> victims = victims(caller, session -> true);
        Goodbye goodbye = Goodbye.of(payload);
        victims.forEach(victim -> router.end(victim, goodbye.reason(), goodbye.message(), true));
        return Procedure.completed((long) victims.size());
    }

    private List<Session> victims(Session caller, Predicate<Session> which) {
        checkAdministrator(caller);
        return router.sessions().stream()
                .filter(session -> session != caller && which.test(session))
                .toList();
    }

    private void checkAdministrator(Session caller) {
        Identity identity = caller.identity();
        if (!identity.isServer() && (visibility.isConfined(caller) || !identity.hasAny(administrators))) {
            throw new WampErrorException(Uri.NOT_AUTHORIZED, "Only administrators may end other sessions");
        }
    }

    /** The reason and message of GOODBYE; the message is null where there is none. */
    private record Goodbye(String reason, @Nullable String message) {
        static Goodbye of(Payload payload) {
            Arguments arguments = new Arguments(payload);
            String reason = arguments.keyword("reason", String.class).orElse(Uri.KILLED);
            if (!Uri.valid(reason, false, false)) {
                throw new WampErrorException(Uri.INVALID_URI, "The reason is an invalid URI: " + reason);
            }
            return new Goodbye(
                    reason, arguments.keyword("message", String.class).orElse(null));
        }
    }
}
