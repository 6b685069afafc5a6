package veche.dialect.wamp.auth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Dict;

/** A shared secret in plain text (advanced profile, "Ticket-based Authentication"); use over TLS only. */
public final class TicketLogin implements Authenticator {
    private final Credentials credentials;

    public TicketLogin(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public String method() {
        return "ticket";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        return credentials
                .find(method(), claim.realm(), claim.requiredAuthid())
                .thenApply(found -> new Challenged(Dict.EMPTY, answer -> check(found, answer.signature())));
    }

    private CompletionStage<Step> check(Optional<Credential> found, String ticket) {
        boolean right = Proof.secret(found, Credential.Ticket.class)
                .filter(secret -> Proof.same(secret.ticket(), ticket))
                .isPresent();
        return right
                ? CompletableFuture.completedFuture(new Admitted(found.get().identity(method(), Map.of())))
                : Proof.denied();
    }
}
