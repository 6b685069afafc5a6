package veche.dialect.wamp.router;

import static veche.dialect.wamp.message.Uri.INVALID_URI;
import static veche.dialect.wamp.message.Uri.LIMIT_REACHED;
import static veche.dialect.wamp.message.Uri.NOT_AUTHORIZED;
import static veche.dialect.wamp.message.Uri.NO_SUCH_REGISTRATION;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
    private volatile RegistrationCoordinator coordinator = RegistrationCoordinator.NONE;

    /** @param meta publishes meta events */
    Registrations(RouterLimits limits, RetentionBudget budget, BiConsumer<String, Object[]> meta) {
        this.limits = limits;
        this.budget = budget;
        this.directory = new Directory<>(
                "wamp.registration", "register", (registration, topic, args) -> meta.accept(topic, args));
    }

    /** Sets what coordinates registrations with other nodes, before there are any. */
    void coordinate(RegistrationCoordinator nodes) {
        coordinator = nodes;
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
        Match match = Match.of(request.options());
        checkLimits(callee, match);
        Policy policy = Policy.named(request.options().string("invoke").orElse("single"));
        Callee offer = Callee.of(callee, policy, request.options());
        if (!callee.isListed()) {
            // Every node has an application of its own.
            join(offer, match, request);
            return;
        }
        coordinator.claim(callee, match, request.procedure(), policy).whenComplete((number, failure) -> {
            if (failure == null) {
                callee.guarded(() -> claimed(offer.numbered(number), match, request));
            } else {
                callee.send(ErrorMapper.error(Register.TYPE, request.request(), failure));
            }
        });
    }

    private void checkLimits(Session callee, Match match) {
        if (of(callee).size() >= limits.registrations()) {
            throw new WampErrorException(
                    LIMIT_REACHED, "A session has at most " + limits.registrations() + " registrations");
        }
        if (match != Match.EXACT) {
            limits.checkPatterns(of(callee).values().stream().map(Registration::match));
        }
    }

    /** The limits are checked again, because other requests may have been granted since. */
    private void claimed(Callee callee, Match match, Register request) {
        Session session = callee.session();
        try {
            checkLimits(session, match);
            join(callee, match, request);
        } catch (RuntimeException refused) {
            coordinator.release(session, match, request.procedure());
            session.send(ErrorMapper.error(Register.TYPE, request.request(), refused));
        }
        if (session.ended()) {
            leave(session);
        }
    }

    private void join(Callee callee, Match match, Register request) {
        Session session = callee.session();
        session.beforeInvocations(() -> {
            Registration registration = join(callee, match, request.procedure());
            session.send(new Registered(request.request(), registration.id()));
        });
    }

    private Registration join(Callee callee, Match match, String procedure) {
        Session session = callee.session();
        return join(callee, match, procedure, registration -> {
            RegistrationConflicts.check(registration, callee);
            budget.reserve(ClientMemory.Part.REGISTRATION, session.accountedUser(), bytes(procedure));
            of(session).put(registration.id(), registration);
        });
    }

    private Registration join(Callee callee, Match match, String procedure, Consumer<Registration> joining) {
        return directory.join(
                callee.session(),
                match,
                procedure,
                id -> new Registration(id, match, procedure, coordinator),
                registration -> {
                    joining.accept(registration);
                    registration.join(callee);
                    return true;
                });
    }

    /** The approximate heap size of a registration, in bytes. */
    private static long bytes(String procedure) {
        return 256 + 2L * procedure.length();
    }

    void unregister(Session callee, Unregister request) {
        Registration registration = of(callee).get(request.registration());
        if (registration == null) {
            throw new WampErrorException(NO_SUCH_REGISTRATION, "This session has no such registration");
        }
        leave(callee, registration).thenRun(() -> callee.send(new Unregistered(request.request())));
    }

    /** Returns a stage that completes, never with an exception, once others may register the procedure. */
    private CompletionStage<Void> leave(Session callee, Registration registration) {
        if (of(callee).remove(registration.id()) != null) {
            budget.release(ClientMemory.Part.REGISTRATION, callee.accountedUser(), bytes(registration.uri()));
        }
        boolean claimed = registration.of(callee).filter(Callee::isShared).isPresent();
        boolean left = directory.leave(callee, registration);
        return left && claimed
                ? coordinator.release(callee, registration.match(), registration.uri())
                : CompletableFuture.completedFuture(null);
    }

    /** Adds a callee of another node, for which that node accounts. Replaces an earlier registration of the callee. */
    void joinRemote(Callee callee, Match match, String procedure) {
        leaveRemote(callee.session(), match, procedure);
        join(callee, match, procedure, registration -> {});
    }

    /** Removes a callee of another node from a registration. */
    void leaveRemote(Session callee, Match match, String procedure) {
        directory.index().get(match, procedure).ifPresent(registration -> directory.leave(callee, registration));
    }

    /** Passes all callees of this node that others may invoke, in the order of changes of each registration. */
    void forEachShared(BiConsumer<Registration, Callee> consumer) {
        directory
                .index()
                .forEachInOrder(
                        registration -> registration.shared().forEach(callee -> consumer.accept(registration, callee)));
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
