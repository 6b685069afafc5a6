package veche.dialect.wamp.auth;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A store of credentials. Thread-safe; must not block. */
@FunctionalInterface
public interface Credentials {
    /**
     * Finds the credential of a principal for a method. It should take the same time whether the principal exists.
     *
     * @param method as in {@link Authenticator#method()}
     * @param authid the principal; for {@code cryptosign} without an authid, the public key in lower-case hex
     */
    CompletionStage<Optional<Credential>> find(String method, String realm, String authid);

    /**
     * Finds the credential of a principal that a ticket proves; empty if the ticket is wrong or the principal unknown.
     * Compares digests of what {@link #find} returns, unless a store has another way.
     */
    default CompletionStage<Optional<Credential>> verifyTicket(String realm, String authid, String ticket) {
        return find("ticket", realm, authid).thenApply(found -> TicketLogin.proven(found, ticket));
    }

    /**
     * The secrets by which principals without a credential are challenged. Those of this default differ from process
     * to process; a store whose decoys must remain the same over restarts and nodes has a key of its own.
     */
    default Decoys decoys() {
        return Decoys.PROCESS;
    }
}
