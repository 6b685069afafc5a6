package veche.dialect.wamp.v2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.Authenticator.Admitted;
import veche.dialect.wamp.auth.Authenticator.Challenged;
import veche.dialect.wamp.auth.Authenticator.Step;
import veche.dialect.wamp.chat.RoomErrors;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.ProtocolViolationException;
import veche.dialect.wamp.message.SessionMessage.Authenticate;
import veche.dialect.wamp.message.SessionMessage.Challenge;
import veche.dialect.wamp.message.SessionMessage.Hello;
import veche.dialect.wamp.message.SessionMessage.Welcome;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;
import veche.dialect.wamp.router.ErrorMapper;
import veche.dialect.wamp.router.Identity;
import veche.dialect.wamp.router.Roles;
import veche.dialect.wamp.router.Router;
import veche.dialect.wamp.router.Session;
import veche.room.RefusedException;

/**
 * Establishes a session, from HELLO to WELCOME or ABORT. Authentication may complete on other threads, and the
 * connection may close at any time.
 */
final class SessionHandshake {
    private enum Phase {
        DECIDING,
        CHALLENGED,
        FAILED,
        OPEN,
        ENDED
    }

    private final V2Dialect.Context context;
    private final V2Peer peer;
    private final HandshakeInfo handshake;
    private final Hello hello;
    private final Roles roles;
    private final Consumer<Optional<WampErrorException>> settled;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.DECIDING);
    private volatile @Nullable RequestHandler requestHandler;
    private volatile @Nullable Pending pending;

    /** A challenge that the client has not answered. */
    private record Pending(Authenticator method, Challenged challenge) {}

    /** @param settled called on completion: with the error, or empty on success */
    SessionHandshake(
            V2Dialect.Context context,
            V2Peer peer,
            HandshakeInfo handshake,
            Hello hello,
            Consumer<Optional<WampErrorException>> settled) {
        this.context = context;
        this.peer = peer;
        this.handshake = handshake;
        this.hello = hello;
        this.roles = Roles.of(hello.details());
        this.settled = settled;
    }

    void begin() {
        Authenticator.Claim claim = claim();
        List<String> methods = hello.details().list("authmethods", String.class).orElse(List.of("anonymous"));
        if (!hello.realm().equals(context.settings().realm())) {
            refuse(new WampErrorException(Uri.NO_SUCH_REALM, "Unknown realm '" + hello.realm() + "'"));
            return;
        }
        methods.stream()
                .flatMap(name -> context.authenticators().stream()
                        .filter(offered -> offered.method().equals(name)))
                .findFirst()
                .ifPresentOrElse(
                        method -> advance(method, () -> method.begin(claim)),
                        () -> refuse(new WampErrorException(
                                Uri.NO_MATCHING_AUTH_METHOD, "No supported authmethod: " + methods)));
    }

    private Authenticator.Claim claim() {
        return new Authenticator.Claim(
                hello.realm(),
                hello.details().string("authid").orElse(null),
                hello.details().dict("authextra"),
                handshake);
    }

    void answer(Authenticate answer) {
        if (!phase.compareAndSet(Phase.CHALLENGED, Phase.DECIDING)) {
            throw new ProtocolViolationException("AUTHENTICATE without CHALLENGE");
        }
        Pending answered = Objects.requireNonNull(pending, "challenge");
        advance(answered.method(), () -> answered.challenge().answer().apply(answer));
    }

    private void advance(Authenticator method, Supplier<CompletionStage<Step>> step) {
        CompletionStage<Step> next;
        try {
            next = step.get();
        } catch (WampErrorException failure) {
            next = CompletableFuture.failedFuture(failure);
        }
        next.whenComplete((done, failure) -> {
            try {
                proceed(method, done, failure);
            } catch (RuntimeException | Error unexpected) {
                // The stage would discard the exception, and the client would never receive a reply.
                peer.fail(unexpected);
            }
        });
    }

    private void proceed(Authenticator method, Step done, @Nullable Throwable failure) {
        if (failure != null) {
            refuse(ErrorMapper.failure(failure));
        } else if (done instanceof Challenged challenged) {
            challenge(method, challenged);
        } else {
            welcome(((Admitted) done).identity());
        }
    }

    private void challenge(Authenticator method, Challenged challenged) {
        pending = new Pending(method, challenged);
        if (phase.compareAndSet(Phase.DECIDING, Phase.CHALLENGED)) {
            peer.send(new Challenge(method.method(), challenged.extra()));
        }
    }

    private void refuse(WampErrorException failure) {
        if (phase.compareAndSet(Phase.DECIDING, Phase.FAILED)) {
            settled.accept(Optional.of(failure));
        }
    }

    private void welcome(Identity identity) {
        if (phase.get() != Phase.DECIDING) {
            return;
        }
        open(identity);
        if (!phase.compareAndSet(Phase.DECIDING, Phase.OPEN) && phase.get() != Phase.FAILED) {
            end();
        }
    }

    private void open(Identity identity) {
        try {
            context.router().open(identity, roles, peer, session -> {
                requestHandler = new RequestHandler(context.router(), session, context.settings());
                settled.accept(Optional.empty());
                peer.send(new Welcome(session.id(), new Dict(details(identity))));
            });
        } catch (RefusedException banned) {
            refuse(RoomErrors.map(banned));
        }
    }

    private Map<String, Object> details(Identity identity) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("realm", context.settings().realm());
        details.put("authid", identity.authid());
        details.put("authrole", identity.authrole());
        details.put("authmethod", identity.authmethod());
        details.put("authprovider", identity.authprovider());
        details.put("authextra", identity.authextra());
        details.put("agent", "Veche");
        details.put("roles", Features.ROLES);
        return details;
    }

    /** The request handler of the open session; null before the session is open. */
    @Nullable
    RequestHandler requestHandler() {
        return requestHandler;
    }

    boolean failed() {
        return phase.get() == Phase.FAILED;
    }

    V2Peer peer() {
        return peer;
    }

    /** Closes the session, if it is open, because the connection or the session has ended. */
    void end() {
        phase.set(Phase.ENDED);
        RequestHandler open = requestHandler;
        if (open != null) {
            Router router = context.router();
            Session session = open.session();
            router.close(session);
        }
    }
}
