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
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import veche.dialect.wamp.message.Failure;
import veche.dialect.wamp.message.RpcMessage.Register;
import veche.dialect.wamp.message.RpcMessage.Registered;
import veche.dialect.wamp.message.RpcMessage.Unregister;
import veche.dialect.wamp.message.RpcMessage.Unregistered;
import veche.dialect.wamp.router.Registration.Callee;
import veche.dialect.wamp.router.Registration.Policy;

/** What sessions offer to answer: of each procedure or pattern, who. Thread-safe. */
final class Registrations {
    private final UriIndex<Registration> index = new UriIndex<>();
    private final Map<Long, Registration> byId = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final int most;
    private final BiConsumer<String, Object[]> meta;

    /**
     * @param most how many a session has at most
     * @param meta publishes meta events
     */
    Registrations(int most, BiConsumer<String, Object[]> meta) {
        this.most = most;
        this.meta = meta;
    }

    UriIndex<Registration> index() {
        return index;
    }

    Optional<Registration> byId(long id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whose pattern fits a procedure best; a pattern, however wide, does not answer for the server. */
    Optional<Registration> answering(String procedure) {
        return reserved(procedure) ? Optional.empty() : index.best(procedure);
    }

    private static boolean reserved(String procedure) {
        return procedure.startsWith("wamp.") || procedure.startsWith("veche.");
    }

    void register(Session callee, Register request) {
        if (reserved(request.procedure())) {
            throw new Failure(
                    request.procedure().startsWith("wamp.") ? INVALID_URI : NOT_AUTHORIZED,
                    "Procedures under wamp. and veche. belong to the server");
        }
        if (callee.registrations.size() >= most) {
            throw new Failure(LIMIT_REACHED, "A session has at most " + most + " registrations");
        }
        Match match = Match.of(request.options());
        Policy policy = Policy.named(request.options().string("invoke").orElse("single"));
        Callee offer = new Callee(callee, request.options().flag("forward_timeout"));
        callee.beforeInvocations(() -> {
            Registration registration = join(offer, match, request.procedure(), policy);
            callee.tell(new Registered(request.request(), registration.id()));
        });
    }

    private Registration join(Callee callee, Match match, String procedure, Policy policy) {
        Registration[] joined = new Registration[1];
        boolean[] created = new boolean[1];
        index.compute(match, procedure, existing -> {
            if (existing != null) {
                checkShareable(existing, callee.session(), policy);
            }
            created[0] = existing == null;
            joined[0] = created[0] ? new Registration(lastId.incrementAndGet(), match, procedure, policy) : existing;
            joined[0].join(callee);
            byId.put(joined[0].id(), joined[0]);
            callee.session().registrations.put(joined[0].id(), joined[0]);
            return joined[0];
        });
        if (created[0]) {
            meta("wamp.registration.on_create", callee.session().id(), joined[0].details());
        }
        meta("wamp.registration.on_register", callee.session().id(), joined[0].id());
        return joined[0];
    }

    private static void checkShareable(Registration existing, Session callee, Policy policy) {
        boolean again = existing.callees().stream().anyMatch(other -> other.session() == callee);
        if (again || existing.policy() == Policy.SINGLE && policy == Policy.SINGLE) {
            throw new Failure(PROCEDURE_ALREADY_EXISTS, "'" + existing.procedure() + "' is registered already");
        }
        if (existing.policy() != policy) {
            throw new Failure(
                    PROCEDURE_EXISTS_WITH_DIFFERENT_POLICY,
                    "'" + existing.procedure() + "' is registered with policy "
                            + existing.policy().wireName());
        }
    }

    void unregister(Session callee, Unregister request) {
        Registration registration = callee.registrations.get(request.registration());
        if (registration == null) {
            throw new Failure(NO_SUCH_REGISTRATION, "This session has no such registration");
        }
        leave(callee, registration);
        callee.tell(new Unregistered(request.request()));
    }

    private void leave(Session callee, Registration registration) {
        callee.registrations.remove(registration.id());
        boolean[] outcome = new boolean[2];
        index.compute(registration.match(), registration.procedure(), existing -> {
            outcome[0] = existing == registration && registration.leave(callee);
            outcome[1] = outcome[0] && registration.callees().isEmpty();
            if (outcome[1]) {
                byId.remove(registration.id());
            }
            return outcome[1] ? null : existing;
        });
        if (outcome[0]) {
            meta("wamp.registration.on_unregister", callee.id(), registration.id());
        }
        if (outcome[1]) {
            meta("wamp.registration.on_delete", callee.id(), registration.id());
        }
    }

    /** Takes a session out of all that it offers. */
    void leave(Session session) {
        session.registrations.values().forEach(registration -> leave(session, registration));
    }

    private void meta(String topic, Object... args) {
        meta.accept(topic, args);
    }
}
