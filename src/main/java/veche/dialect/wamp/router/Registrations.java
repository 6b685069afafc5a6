package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.INVALID_URI;
import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;
import static veche.dialect.wamp.message.Uri.NOT_AUTHORIZED;
import static veche.dialect.wamp.message.Uri.NO_SUCH_REGISTRATION;
import static veche.dialect.wamp.message.Uri.PROCEDURE_ALREADY_EXISTS;
import static veche.dialect.wamp.message.Uri.PROCEDURE_EXISTS_WITH_DIFFERENT_POLICY;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Registered;
import veche.dialect.wamp.message.RpcMessage.RegistrationRevoked;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Unregistered;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.Registration.Callee;
import veche.dialect.wamp.router.Registration.Policy;
import veche.limit.ClientMemory;

/** The registrations of all sessions, by procedure or pattern. Thread-safe. */
public final class Registrations {
    private static final SessionKey<Map<Long, Registration>> OF_SESSION = SessionKey.of(ConcurrentHashMap::new);
    private final Directory<Registration> directory;
    private final RouterLimits limits;
    private final RetentionBudget budget;

    /** @param meta publishes meta events */
    Registrations(RouterLimits limits, RetentionBudget budget, BiConsumer<String, Object[]> meta) {
        this.limits = limits;
        this.budget = budget;
        this.directory = new Directory<>(
                "wamp.registration", "register", (registration, topic, args) -> meta.accept(topic, args));
    }

    /** All registrations, indexed by procedure or pattern. */
    public UriIndex<Registration> index() {
        return directory.index();
    }

    /** Returns the registration with the given id. */
    public Optional<Registration> byId(long id) {
        return directory.byId(id);
    }

    /** Returns the best match for a procedure. Patterns never match the procedures reserved for the server. */
    Optional<Registration> best(String procedure) {
        return reserved(procedure) ? Optional.empty() : directory.index().best(procedure);
    }

    private static boolean reserved(String procedure) {
        return Uri.isWithin(procedure, "wamp") || Uri.isWithin(procedure, "veche");
    }

    void register(Session callee, Register request) {
        if (reserved(request.procedure())) {
            throw new WampErrorException(
                    Uri.isWithin(request.procedure(), "wamp") ? INVALID_URI : NOT_AUTHORIZED,
                    "Procedures under wamp. and veche. are reserved for the server");
        }
        if (of(callee).size() >= limits.registrations()) {
            throw new WampErrorException(
                    LIMIT_REACHED, "A session has at most " + limits.registrations() + " registrations");
        }
        Match match = Match.of(request.options());
        if (match != Match.EXACT) {
            limits.checkPatterns(of(callee).values().stream().map(Registration::match));
        }
        Policy policy = Policy.named(request.options().string("invoke").orElse("single"));
        Callee offer = Callee.of(callee, request.options());
        callee.beforeInvocations(() -> {
            Registration registration = join(offer, match, request.procedure(), policy);
            callee.send(new Registered(request.request(), registration.id()));
        });
    }

    private Registration join(Callee callee, Match match, String procedure, Policy policy) {
        Session session = callee.session();
        return directory.join(
                session, match, procedure, id -> new Registration(id, match, procedure, policy), registration -> {
                    if (!registration.isEmpty()) {
                        checkShareable(registration, session, policy);
                    }
                    budget.reserve(ClientMemory.Part.REGISTRATION, session.accountedUser(), bytes(procedure));
                    registration.join(callee);
                    of(session).put(registration.id(), registration);
                    return true;
                });
    }

    /** The approximate heap size of a registration, in bytes. */
    private static long bytes(String procedure) {
        return 256 + 2L * procedure.length();
    }

    private static void checkShareable(Registration existing, Session callee, Policy policy) {
        boolean again = existing.callees().stream().anyMatch(other -> other.session() == callee);
        if (again || existing.policy() == Policy.SINGLE && policy == Policy.SINGLE) {
            throw new WampErrorException(PROCEDURE_ALREADY_EXISTS, "'" + existing.uri() + "' is already registered");
        }
        if (existing.policy() != policy) {
            throw new WampErrorException(
                    PROCEDURE_EXISTS_WITH_DIFFERENT_POLICY,
                    "'" + existing.uri() + "' is registered with policy "
                            + existing.policy().wireName());
        }
    }

    void unregister(Session callee, Unregister request) {
        Registration registration = of(callee).get(request.registration());
        if (registration == null) {
            throw new WampErrorException(NO_SUCH_REGISTRATION, "This session has no such registration");
        }
        leave(callee, registration);
        callee.send(new Unregistered(request.request()));
    }

    private void leave(Session callee, Registration registration) {
        if (of(callee).remove(registration.id()) != null) {
            budget.release(ClientMemory.Part.REGISTRATION, callee.accountedUser(), bytes(registration.uri()));
        }
        directory.leave(callee, registration);
    }

    /** Deletes a session's registration of a procedure or pattern; returns false where there is none. */
    boolean revoke(Session callee, Match match, String uri, Map<String, Object> details) {
        Optional<Registration> registration = find(callee, match, uri);
        registration.ifPresent(found -> {
            leave(callee, found);
            if (callee.roles().supports("callee", "registration_revocation")) {
                callee.send(new RegistrationRevoked(found.id(), details));
            }
        });
        return registration.isPresent();
    }

    private Optional<Registration> find(Session session, Match match, String uri) {
        return directory
                .index()
                .get(match, uri)
                .filter(registration -> of(session).containsKey(registration.id()));
    }

    /** The registrations of a session. */
    Stream<Registration> all(Session session) {
        return of(session).values().stream();
    }

    /** Whether a session has registered a procedure or pattern. */
    boolean contains(Session session, Match match, String uri) {
        return find(session, match, uri).isPresent();
    }

    /** Deletes all registrations of a session. */
    void leave(Session session) {
        of(session).values().forEach(registration -> leave(session, registration));
    }

    private static Map<Long, Registration> of(Session callee) {
        return callee.get(OF_SESSION);
    }
}
