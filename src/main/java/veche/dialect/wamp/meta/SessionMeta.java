package veche.dialect.wamp.meta;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.meta.LocalSessions.Kill;
import veche.dialect.wamp.meta.LocalSessions.Selector;
import veche.dialect.wamp.meta.OtherSessions.Found;
import veche.dialect.wamp.router.Arguments;
import veche.dialect.wamp.router.Identity;
import veche.dialect.wamp.router.Procedure;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.dialect.wamp.router.SessionKey;
import veche.dialect.wamp.router.SessionListener;

/**
 * The procedures and events of the session meta API (advanced profile, "Session Meta API"), over all nodes. Only
 * administrator roles may kill sessions, because the endpoint is public. A result has the keyword argument
 * {@code incomplete} where a node has not answered in time. Thread-safe.
 */
final class SessionMeta implements SessionListener {
    private static final SessionKey<AtomicReference<Set<String>>> LAST_ROOMS =
            SessionKey.of(() -> new AtomicReference<>(Set.of()));

    private final LocalSessions local;
    private final OtherSessions others;
    private final SessionVisibility visibility;
    private final Set<String> administrators;

    SessionMeta(Router router, SessionVisibility visibility, Set<String> administrators, OtherSessions others) {
        this.local = new LocalSessions(router, visibility);
        this.others = others;
        this.visibility = visibility;
        this.administrators = administrators;
        others.serve(local);
    }

    @Override
    public void opened(Session session) {
        publish("wamp.session.on_join", List.of(session.details()), visibility.rooms(session));
    }

    @Override
    public void closing(Session session) {
        session.get(LAST_ROOMS).set(visibility.rooms(session));
    }

    @Override
    public void closed(Session session, boolean quietly) {
        if (session.isListed() && !quietly) {
            Identity identity = session.identity();
            publish(
                    "wamp.session.on_leave",
                    List.of(session.id(), identity.authid(), identity.authrole()),
                    Objects.requireNonNull(session.get(LAST_ROOMS).get()));
        }
    }

    private void publish(String topic, List<@Nullable Object> args, Set<String> rooms) {
        local.publish(topic, args, rooms);
        others.publish(topic, args, rooms);
    }

    void offer(Router router) {
        router.offerMeta(
                "wamp.session.count",
                (caller, payload) -> visible(caller, payload)
                        .thenApply(ids -> result((long) ids.values().size(), ids)));
        router.offerMeta(
                "wamp.session.list",
                (caller, payload) -> visible(caller, payload).thenApply(ids -> result(ids.values(), ids)));
        router.offerMeta("wamp.session.get", this::get);
        router.offerMeta("wamp.session.kill", this::kill);
        router.offerMeta("wamp.session.kill_by_authid", (caller, payload) -> {
            String authid = new Arguments(payload).required(0, "authid", String.class);
            return killAll(caller, payload, Selector.AUTHID, authid).thenApply(ids -> result(ids.values(), ids));
        });
        router.offerMeta("wamp.session.kill_by_authrole", (caller, payload) -> {
            String role = new Arguments(payload).required(0, "authrole", String.class);
            return killAll(caller, payload, Selector.AUTHROLE, role)
                    .thenApply(ids -> result((long) ids.values().size(), ids));
        });
        router.offerMeta(
                "wamp.session.kill_all",
                (caller, payload) -> killAll(caller, payload, Selector.ALL, "")
                        .thenApply(ids -> result((long) ids.values().size(), ids)));
    }

    private static Payload result(Object value, Found<?> found) {
        return new Payload(List.of(value), found.complete() ? Map.of() : Map.of("incomplete", true));
    }

    /** Returns the sessions that the caller may see, of the given roles or, where none are given, of all. */
    private CompletionStage<Found<Long>> visible(Session caller, Payload payload) {
        Optional<Set<String>> roles = roles(payload);
        List<Long> here = local.visible(caller, roles).map(Session::id).toList();
        return seen(caller, roles).thenApply(there -> with(here, there));
    }

    private CompletionStage<Found<Long>> seen(Session caller, Optional<Set<String>> roles) {
        if (!visibility.isConfined(caller)) {
            return others.list(roles);
        }
        return others.rooms(roles)
                .thenApply(found -> new Found<>(
                        found.values().stream()
                                .filter(session -> visibility.isVisible(session.getValue(), caller))
                                .map(Map.Entry::getKey)
                                .toList(),
                        found.complete()));
    }

    private static Found<Long> with(List<Long> here, Found<Long> there) {
        return new Found<>(Stream.concat(here.stream(), there.values().stream()).toList(), there.complete());
    }

    private static Optional<Set<String>> roles(Payload payload) {
        Optional<?> roles = new Arguments(payload).any(0, "filter_authroles", List.class);
        return roles.map(list -> ((List<?>) list)
                .stream()
                        .map(role -> {
                            if (role instanceof String name) {
                                return name;
                            }
                            throw new WampErrorException(
                                    Uri.INVALID_ARGUMENT, "'filter_authroles' contains a value that is not a string");
                        })
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private CompletionStage<Payload> get(Session caller, Payload payload) {
        long id = id(payload);
        Optional<Session> here = local.visible(caller, id);
        if (here.isPresent()) {
            return Procedure.completed(here.get().details());
        }
        return others.get(id)
                .thenApply(found -> found.values().stream()
                        .filter(known -> !visibility.isConfined(caller) || visibility.isVisible(known.rooms(), caller))
                        .findFirst()
                        .map(known -> Payload.of(known.details()))
                        .orElseThrow(() -> noSuchSession(id)));
    }

    private static long id(Payload payload) {
        return new Arguments(payload).required(0, "session", Long.class);
    }

    private static WampErrorException noSuchSession(long id) {
        return new WampErrorException(Uri.NO_SUCH_SESSION, "There is no session " + id);
    }

    private CompletionStage<Payload> kill(Session caller, Payload payload) {
        checkAdministrator(caller);
        long id = id(payload);
        if (id == caller.id()) {
            throw new WampErrorException(Uri.NO_SUCH_SESSION, "A session cannot kill itself");
        }
        Kill request = request(caller, payload, Selector.SESSION, Long.toString(id));
        if (!local.kill(request).isEmpty()) {
            return Procedure.completed();
        }
        return others.kill(request).thenApply(killed -> {
            if (killed.values().isEmpty()) {
                throw noSuchSession(id);
            }
            return Payload.EMPTY;
        });
    }

    private CompletionStage<Found<Long>> killAll(Session caller, Payload payload, Selector selector, String value) {
        checkAdministrator(caller);
        Kill request = request(caller, payload, selector, value);
        List<Long> here = local.kill(request);
        return others.kill(request).thenApply(there -> with(here, there));
    }

    private static Kill request(Session caller, Payload payload, Selector selector, String value) {
        Arguments arguments = new Arguments(payload);
        String reason = arguments.keyword("reason", String.class).orElse(Uri.KILLED);
        if (!Uri.valid(reason, false, false)) {
            throw new WampErrorException(Uri.INVALID_URI, "The reason is an invalid URI: " + reason);
        }
        return new Kill(selector, value, caller.id(), reason, arguments.keyword("message", String.class));
    }

    private void checkAdministrator(Session caller) {
        Identity identity = caller.identity();
        if (!identity.isServer() && (visibility.isConfined(caller) || !identity.hasAny(administrators))) {
            throw new WampErrorException(Uri.NOT_AUTHORIZED, "Only administrators may end other sessions");
        }
    }
}
