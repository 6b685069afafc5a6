package veche;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import veche.dialect.Dialect;
import veche.dialect.plain.PlainDialect;
import veche.dialect.soap.Procedures;
import veche.dialect.soap.SoapContentType;
import veche.dialect.soap.SoapDialect;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.RealmException;
import veche.dialect.wamp.WampDialects;
import veche.dialect.wamp.auth.Anonymous;
import veche.dialect.wamp.auth.Authenticator;
import veche.dialect.wamp.auth.TokenLogin;
import veche.identity.Tokens;
import veche.room.RefusedException;
import veche.room.Rooms;
import veche.room.User;
import veche.socket.handshake.Rejection;

/** What is spoken here. The dialects do not know each other: what one needs of another, it is given here. */
final class Dialects {
    private final List<Dialect> all = new ArrayList<>();
    private final WampDialects wamp;

    /**
     * Makes them.
     *
     * @param timer runs timeouts; never blocked
     * @param applications for code of the application, which may block
     */
    Dialects(Rooms rooms, Settings settings, Tokens tokens, ScheduledExecutorService timer, Executor applications) {
        all.add(new PlainDialect(rooms, settings.plainMaxCharacters()));
        wamp = WampDialects.of(rooms, settings.wamp(), timer, applications, authenticators(tokens));
        all.addAll(wamp.dialects());
        all.add(new SoapDialect(rooms, this::call, settings.soap(), timer));
    }

    static List<Authenticator> authenticators(Tokens tokens) {
        return tokens.enabled() ? List.of(new Anonymous(), new TokenLogin(tokens)) : List.of(new Anonymous());
    }

    /** SOAP's way to the procedures of WAMP. */
    private CompletionStage<Procedures.Result> call(
            User caller, String procedure, List<Object> args, Map<String, Object> kwargs) {
        return wamp.call(caller, procedure, args, kwargs).handle((result, failure) -> {
            if (failure instanceof RealmException error) {
                throw new Procedures.ProcedureException(error.uri(), error.args(), error.kwargs());
            }
            if (failure instanceof RefusedException refusal) {
                throw refusal;
            }
            if (failure != null) {
                throw new CompletionException(failure);
            }
            return new Procedures.Result(result.args(), result.kwargs());
        });
    }

    List<Dialect> all() {
        return all;
    }

    /** WAMP for application code. */
    Realm realm() {
        return wamp.realm();
    }

    /** One encoding of SOAP is spoken: whoever names another is told so before the upgrade. */
    static Optional<Rejection> admitSoap(String subprotocol, Map<String, String> headers) {
        if (!subprotocol.equals("soap")
                || SoapContentType.accepts(headers.get(SoapContentType.HEADER.toLowerCase(Locale.ROOT)))) {
            return Optional.empty();
        }
        return Optional.of(new Rejection(
                400,
                "This server speaks SOAP as " + SoapContentType.SPOKEN,
                Map.of(SoapContentType.HEADER, SoapContentType.SPOKEN)));
    }
}
