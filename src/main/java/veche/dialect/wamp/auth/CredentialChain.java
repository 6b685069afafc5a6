package veche.dialect.wamp.auth;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Several stores, of which the first that has a credential determines it. All are asked, so that the time does not
 * disclose which one has it.
 *
 * @param stores at least one; the last one provides the decoys
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

    @Override
    public Decoys decoys() {
        return stores.get(stores.size() - 1).decoys();
    }
}
