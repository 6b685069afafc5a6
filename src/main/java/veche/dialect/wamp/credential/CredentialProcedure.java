package veche.dialect.wamp.credential;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import veche.dialect.Failures;
import veche.dialect.wamp.Realm;
import veche.dialect.wamp.RealmException;
import veche.dialect.wamp.auth.Credential;
import veche.dialect.wamp.auth.Credentials;
import veche.dialect.wamp.auth.TicketLogin;
import veche.dialect.wamp.codec.DecodingLimits;
import veche.dialect.wamp.codec.Json;
import veche.dialect.wamp.message.Uri;
import veche.dialect.wamp.message.WampErrorException;

/**
 * A credential store behind a procedure of the application, like Crossbar's dynamic authenticator. It is called with
 * the realm, the authid and a dict with {@code authmethod} and, for {@code ticket}, the {@code ticket}. It returns a
 * dict like an entry of the credential file, which may also have the {@code authid} of the principal; for a ticket,
 * without secrets. Every ERROR of the procedure denies the login. Thread-safe and non-blocking.
 */
public final class CredentialProcedure implements Credentials {
    private static final System.Logger LOG = System.getLogger(CredentialProcedure.class.getName());
    private static final String PROVIDER = "dynamic";
    private static final String TICKET = "ticket";
    private static final String AUTHID = "authid";

    /** The errors of the router in place of an answer. */
    private static final Set<String> NO_ANSWER =
            Set.of(Uri.NO_SUCH_PROCEDURE, Uri.CANCELED, Uri.TIMEOUT, Uri.UNAVAILABLE, Uri.BUSY, Uri.LIMIT_REACHED);

    private final Function<List<?>, CompletionStage<Realm.Arguments>> procedure;
    private final Json json = new Json(DecodingLimits.DEFAULT);
    private final AtomicBoolean answering = new AtomicBoolean(true);

    /**
     * @param procedure calls the procedure with these arguments; fails as {@link Realm#call} does, within a time limit
     */
    public CredentialProcedure(Function<List<?>, CompletionStage<Realm.Arguments>> procedure) {
        this.procedure = procedure;
    }

    /**
     * Finds nothing where the procedure gives no answer: the client is then challenged like an unknown principal, and
     * the principals of other stores can log in. Never finds tickets, see {@link #verifyTicket}.
     */
    @Override
    public CompletionStage<Optional<Credential>> find(String method, String realm, String authid) {
        if (method.equals(TICKET)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return principal(realm, authid, Map.of("authmethod", method))
                .thenApply(found -> found.flatMap(principal -> principal.credential(method, PROVIDER)))
                .exceptionally(noAnswer -> Optional.empty());
    }

    /**
     * Has the procedure verify the ticket. The stage fails with {@code wamp.error.authentication_failed} if it gives no
     * answer.
     */
    @Override
    public CompletionStage<Optional<Credential>> verifyTicket(String realm, String authid, String ticket) {
        Credential.Secret proven = new Credential.Tickets(Set.of(TicketLogin.digest(ticket)));
        return principal(realm, authid, Map.of("authmethod", TICKET, TICKET, ticket))
                .thenApply(found -> found.map(principal -> new Credential(
                        principal.authid(), principal.name(), principal.roles(), principal.rooms(), PROVIDER, proven)));
    }

    private CompletionStage<Optional<Principal>> principal(String realm, String authid, Map<String, String> details) {
        return procedure
                .apply(List.of(realm, authid, details))
                .handle((answer, failure) ->
                        failure == null ? principal(authid, answer) : denied(authid, Failures.cause(failure)));
    }

    private Optional<Principal> denied(String authid, Throwable failure) {
        if (failure instanceof RealmException error && !NO_ANSWER.contains(error.uri())) {
            answering.set(true);
            LOG.log(Level.DEBUG, "The authenticator denied authid={0}: {1}", authid, error.uri());
            return Optional.empty();
        }
        // Only the first of several, since clients cause them.
        Level level = answering.getAndSet(false) ? Level.WARNING : Level.DEBUG;
        LOG.log(level, "The authenticator gave no answer: {0}", failure.getMessage());
        throw new WampErrorException(
                Uri.AUTHENTICATION_FAILED, "The principal could not be authenticated at present; retry later");
    }

    private Optional<Principal> principal(String authid, Realm.Arguments answer) {
        Object result = answer.args().isEmpty() ? null : answer.args().get(0);
        answering.set(true);
        try {
            return Optional.of(principal(authid, result));
        } catch (IllegalArgumentException e) {
            LOG.log(Level.WARNING, "The answer of the authenticator is invalid: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    private Principal principal(String authid, @Nullable Object result) {
        Members.require(result instanceof Map, "It is not a dict");
        Map<Object, Object> entry = new LinkedHashMap<>((Map<?, ?>) result);
        Object own = entry.remove(AUTHID);
        Members.require(own == null || own instanceof String, AUTHID + " must be a string");
        return CredentialReader.entry(own == null ? authid : (String) own, json.write(entry));
    }
}
