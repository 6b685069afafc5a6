package veche;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import veche.dialect.Dialect;
import veche.dialect.Failures;
import veche.dialect.plain.PlainDialect;
import veche.dialect.soap.Procedures;
import veche.dialect.soap.SoapContentType;
import veche.dialect.soap.SoapDialect;
import veche.dialect.soap.SoapLogin;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.RealmException;
import veche.dialect.wamp.WampDialects;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.UriPolicy;
import veche.identity.Identification;
import veche.limit.ClientMemory;
import veche.room.Rooms;
import veche.room.User;
import veche.socket.handshake.Rejection;

/** The dialects of this server. They do not depend on each other; this class connects SOAP to WAMP procedures. */
final class Dialects {
    private final List<Dialect> all = new ArrayList<>();
    private final WampDialects wamp;

    /**
     * Creates the dialects.
     *
     * @param authenticators the authentication methods of WAMP
     * @param identification names guests, and verifies the tokens by which open connections renew theirs
     * @param login verifies the tokens in SOAP headers
     * @param timer runs timeouts; never blocked
     * @param applications runs application code, which may block
     * @param answers serializes SOAP responses
     * @param policy decides which WAMP URIs users may use
     * @param memory accounts what is held on behalf of clients
     */
    Dialects(
            Rooms rooms,
            Settings settings,
            List<Authenticator> authenticators,
            Identification identification,
            SoapLogin login,
            ScheduledExecutorService timer,
            Executor applications,
            Executor answers,
            UriPolicy policy,
            ClientMemory memory) {
        all.add(new PlainDialect(rooms, settings.plainMaxCharacters()));
        wamp = WampDialects.of(
                rooms, settings.wamp(), timer, applications, authenticators, identification.tokens(), policy, memory);
        all.addAll(wamp.dialects());
        all.add(new SoapDialect(rooms, this::call, identification, login, settings.soap(), answers, timer));
    }

    /** Calls a WAMP procedure for the SOAP dialect. */
    private CompletionStage<Procedures.Result> call(
            User caller, String procedure, List<Object> args, Map<String, Object> kwargs) {
        return wamp.call(caller, procedure, args, kwargs)
                .thenApply(result -> new Procedures.Result(result.args(), result.kwargs()))
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(forSoap(Failures.cause(failure))));
    }

    /** As {@link WampDialects#ask}. */
    CompletionStage<Realm.Arguments> ask(String procedure, List<?> args, Duration limit) {
        return wamp.ask(procedure, args, limit);
    }

    private static Throwable forSoap(Throwable cause) {
        return cause instanceof RealmException error
                ? new Procedures.ProcedureException(error.uri(), error.args(), error.kwargs())
                : cause;
    }

    List<Dialect> all() {
        return all;
    }

    /** The WAMP realm for application code. */
    Realm realm() {
        return wamp.realm();
    }

    /** Rejects a SOAP client before the upgrade, with 400, if it names an encoding other than the supported one. */
    static Optional<Rejection> admitSoap(String subprotocol, Map<String, String> headers) {
        if (!subprotocol.equals("soap")
                || SoapContentType.accepts(headers.get(SoapContentType.HEADER.toLowerCase(Locale.ROOT)))) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                400,
                "This server supports SOAP only as " + SoapContentType.SUPPORTED,
                Map.of(SoapContentType.HEADER, SoapContentType.SUPPORTED)));
    }
}
