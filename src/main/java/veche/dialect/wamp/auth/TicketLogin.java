package veche.dialect.wamp.auth;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import veche.dialect.wamp.message.Dict;

/**
 * A shared secret in plain text (advanced profile, "Ticket-based Authentication"); use over TLS only. An unknown
 * principal is challenged like a known one, and fails.
 */
public final class TicketLogin implements Authenticator {
    private static final String UNKNOWN = Proof.digest("");

    private final Credentials credentials;

    public TicketLogin(Credentials credentials) {
        this.credentials = credentials;
    }

    /** The digest to store for a ticket. */
    public static String digest(String ticket) {
        return Proof.digest(ticket);
    }

    @Override
    public String method() {
        return "ticket";
    }

    @Override
    public CompletionStage<Step> begin(Claim claim) {
        String authid = claim.requiredAuthid();
        return CompletableFuture.completedFuture(
                new Challenged(Dict.EMPTY, answer -> verify(claim.realm(), authid, answer.signature())));
    }

    CompletionStage<Step> verify(String realm, String authid, String ticket) {
        return credentials
                .verifyTicket(realm, authid, ticket)
                .thenCompose(proven -> proven.isPresent()
                        ? CompletableFuture.completedFuture(
                                new Admitted(proven.get().identity(method(), Map.of())))
                        : Proof.denied());
    }

    /** The credential, if the ticket is one of its tickets. The time does not depend on whether there is one. */
    static Optional<Credential> proven(Optional<Credential> found, String ticket) {
        String digest = Proof.digest(ticket);
        Set<String> accepted = Proof.secret(found, Credential.Tickets.class)
                .map(Credential.Tickets::digests)
                .orElse(Set.of(UNKNOWN));
        boolean right = false;
        for (String each : accepted) {
            right |= Proof.same(each, digest);
        }
        return right && Proof.secret(found, Credential.Tickets.class).isPresent() ? found : Optional.empty();
    }
}
