package veche.dialect.wamp.router;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.Payload;
import veche.dialect.wamp.message.PubSubMessage.Publish;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.room.Audience;
import veche.room.User;

/**
 * The procedures of the session meta API and of testaments (advanced profile, "Session Meta API", "Testaments"). Killing
 * is for administrators' roles only: the endpoint is open to anyone on the internet.
 */
final class SessionMeta {
    private final Router router;
    private final Set<String> administrators;
    private final int maxTestaments;
    private final RetentionBudget budget;

    SessionMeta(Router router, Set<String> administrators, int maxTestaments, RetentionBudget budget) {
        this.budget = budget;
        this.router = router;
        this.administrators = administrators;
        this.maxTestaments = maxTestaments;
    }

    void offerTo(Dealer dealer) {
        dealer.offer(
                "wamp.session.count",
                (caller, payload) -> done((long) some(caller, payload).size()));
        dealer.offer(
                "wamp.session.list",
                (caller, payload) ->
                        done(some(caller, payload).stream().map(Session::id).toList()));
        dealer.offer(
                "wamp.session.get",
                (caller, payload) -> done(noticed(caller, payload).details()));
        dealer.offer("wamp.session.kill", this::kill);
        dealer.offer("wamp.session.kill_by_authid", (caller, payload) -> {
            String authid = new Arguments(payload).required(0, "authid", String.class);
            List<Session> killed = killAll(
                    caller, payload, session -> session.identity().authid().equals(authid));
            return done(killed.stream().map(Session::id).toList());
        });
        dealer.offer("wamp.session.kill_by_authrole", (caller, payload) -> {
            String role = new Arguments(payload).required(0, "authrole", String.class);
            return done((long) killAll(
                            caller,
                            payload,
                            session -> session.identity().authrole().equals(role))
                    .size());
        });
        dealer.offer("wamp.session.kill_all", this::killAll);
        dealer.offer("wamp.session.add_testament", this::addTestament);
        dealer.offer("wamp.session.flush_testaments", this::flushTestaments);
    }

    static CompletionStage<Payload> done(Object result) {
        return CompletableFuture.completedFuture(Payload.of(result));
    }

    /** The sessions of the roles that are given, or all; of them those of which the caller may learn. */
    private Collection<Session> some(Session caller, Payload payload) {
        Optional<?> roles = new Arguments(payload).any(0, "filter_authroles", List.class);
        if (roles.isPresent() && !((List<?>) roles.get()).stream().allMatch(String.class::isInstance)) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "'filter_authroles' holds what is no string");
        }
        return router.sessions().stream()
                .filter(session -> isVisible(session, caller))
                .filter(session -> roles.isEmpty()
                        || ((List<?>) roles.get()).contains(session.identity().authrole()))
                .toList();
    }

    private Session named(Payload payload) {
        return named(payload, session -> true);
    }

    private Session noticed(Session caller, Payload payload) {
        return named(payload, session -> isVisible(session, caller));
    }

    /** A session exists for others from the moment that its visit has begun. */
    private static boolean isVisible(Session session, Session caller) {
        return session.roomSession() != null && caller.roomSession().mayNotice(session.roomSession());
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
        Farewell farewell = Farewell.of(payload);
        router.end(victim, farewell.reason(), farewell.message());
        return CompletableFuture.completedFuture(Payload.EMPTY);
    }

    private List<Session> killAll(Session caller, Payload payload, Predicate<Session> which) {
        List<Session> victims = victims(caller, which);
        Farewell farewell = Farewell.of(payload);
        victims.forEach(victim -> router.end(victim, farewell.reason(), farewell.message()));
        return victims;
    }

    /** The one way of killing that generates neither session meta events nor testaments. */
    private CompletionStage<Payload> killAll(Session caller, Payload payload) {
        List<Session> victims = victims(caller, session -> true);
        Farewell farewell = Farewell.of(payload);
        victims.forEach(victim -> router.endQuietly(victim, farewell.reason(), farewell.message()));
        return done((long) victims.size());
    }

    private List<Session> victims(Session caller, Predicate<Session> which) {
        checkAdministrator(caller);
        return router.sessions().stream()
                .filter(session -> session != caller && which.test(session))
                .toList();
    }

    private void checkAdministrator(Session caller) {
        boolean server = caller.identity().user().provider() == User.Provider.SERVER;
        boolean confined = caller.identity().user().confined();
        if (!server && (confined || !caller.identity().hasAny(administrators))) {
            throw new WampErrorException(Uri.NOT_AUTHORIZED, "Only administrators end the sessions of others");
        }
    }

    /** The reason and message of GOODBYE; the message is null where there is none. */
    private record Farewell(String reason, String message) {
        static Farewell of(Payload payload) {
            Arguments arguments = new Arguments(payload);
            String reason = Optional.ofNullable(arguments.keyword("reason", String.class))
                    .orElse(Uri.KILLED);
            if (!Uri.valid(reason, false, false)) {
                throw new WampErrorException(Uri.INVALID_URI, "The reason is not a URI: " + reason);
            }
            return new Farewell(reason, arguments.keyword("message", String.class));
        }
    }

    private CompletionStage<Payload> addTestament(Session caller, Payload payload) {
        Arguments arguments = new Arguments(payload);
        if (caller.testaments.size() >= maxTestaments) {
            throw new WampErrorException(Uri.LIMIT_REACHED, "A session has at most " + maxTestaments + " testaments");
        }
        Payload will =
                new Payload(list(arguments.any(1, "args", List.class)), dict(arguments.any(2, "kwargs", Map.class)));
        Dict options = new Dict(dict(Optional.ofNullable(arguments.keyword("publish_options", Map.class))));
        String topic = arguments.required(0, "topic", String.class);
        if (!Uri.valid(topic, false, false)) {
            throw new WampErrorException(Uri.INVALID_URI, "Not a URI: " + topic);
        }
        // Checked now, since nobody is there to be told later.
        Passthru.checkAnnounced(caller, "publisher", options);
        Broker.check(options);
        Audience audience = Recipients.of(options, caller.id());
        if (RoomTopics.isRoom(topic)) {
            RoomTopics.check(options, audience, caller.id());
        }
        keep(caller, new Testament(scope(arguments), new Publish(1, unacknowledged(options), topic, will)));
        return CompletableFuture.completedFuture(Payload.EMPTY);
    }

    private void keep(Session caller, Testament testament) {
        budget.reserve(caller.accountedUser(), testament.heapBytes());
        caller.testaments.add(testament);
        if (caller.ended() && caller.testaments.remove(testament)) {
            release(caller, testament);
        }
    }

    private void release(Session caller, Testament testament) {
        budget.release(caller.accountedUser(), testament.heapBytes());
    }

    /** Forgets the testaments of a session that has ended. */
    void forget(Session ended) {
        for (Testament each = ended.testaments.poll(); each != null; each = ended.testaments.poll()) {
            release(ended, each);
        }
    }

    private static Dict unacknowledged(Dict options) {
        Map<String, Object> entries = new java.util.HashMap<>(options.entries());
        entries.remove("acknowledge");
        return new Dict(entries);
    }

    private CompletionStage<Payload> flushTestaments(Session caller, Payload payload) {
        Testament.Scope scope = scope(new Arguments(payload));
        for (Testament testament : caller.testaments) {
            if (testament.scope() == scope && caller.testaments.remove(testament)) {
                release(caller, testament);
            }
        }
        return CompletableFuture.completedFuture(Payload.EMPTY);
    }

    private static Testament.Scope scope(Arguments arguments) {
        String name =
                Optional.ofNullable(arguments.keyword("scope", String.class)).orElse("destroyed");
        try {
            return Testament.Scope.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new WampErrorException(Uri.INVALID_ARGUMENT, "There is no scope '" + name + "'");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Optional<?> given) {
        return given.map(list -> (List<Object>) list).orElse(List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> dict(Optional<?> given) {
        return given.map(dict -> (Map<String, Object>) dict).orElse(Map.of());
    }
}
