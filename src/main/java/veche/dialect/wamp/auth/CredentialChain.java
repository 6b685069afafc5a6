package veche.dialect.wamp.auth;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Several stores, of which the first that has a credential determines it. All are asked, so that the time does not
 * disclose which one has it.
 *
 * @param stores at least one; the last one with a key of its own provides the decoys
 */
public record CredentialChain(List<Credentials> stores) implements Credentials {
    public CredentialChain {
        stores = List.copyOf(stores);
        if (stores.isEmpty()) {
            throw new IllegalArgumentException("A chain has at least one store");
        }
    }

    @Override
    public CompletionStage<Optional<Credential>> find(String method, String realm, String authid) {
        CompletionStage<Optional<Credential>> found = CompletableFuture.completedFuture(Optional.empty());
        for (Credentials store : stores) {
            found = found.thenCombine(
                    store.find(method, realm, authid), (first, second) -> first.isPresent() ? first : second);
        }
        return found;
    }

    /**
     * Has a store verify the ticket itself only if none has the right credential. The stores are asked even if one has
     * a credential with other tickets, which then determines the answer.
     */
    @Override
    public CompletionStage<Optional<Credential>> verifyTicket(String realm, String authid, String ticket) {
        return find("ticket", realm, authid).thenCompose(found -> {
            Optional<Credential> proven = TicketLogin.proven(found, ticket);
            return proven.isPresent()
                    ? CompletableFuture.completedFuture(proven)
                    : verified(realm, authid, ticket).thenApply(other -> found.isPresent() ? Optional.empty() : other);
        });
    }

    private CompletionStage<Optional<Credential>> verified(String realm, String authid, String ticket) {
        CompletionStage<Optional<Credential>> verified = CompletableFuture.completedFuture(Optional.empty());
        for (Credentials store : stores) {
            verified = verified.thenCompose(first -> first.isPresent()
                    ? CompletableFuture.completedFuture(first)
                    : store.verifyTicket(realm, authid, ticket));
        }
        return verified;
    }

    @Override
    public Decoys decoys() {
        return stores.stream()
                .map(Credentials::decoys)
                .filter(decoys -> decoys != Decoys.PROCESS)
                .reduce(Decoys.PROCESS, (former, later) -> later);
    }
}
