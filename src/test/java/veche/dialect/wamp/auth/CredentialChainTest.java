package veche.dialect.wamp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CredentialChainTest {
    private final List<String> asked = new ArrayList<>();

    /** A store of one principal. */
    private final class Store implements Credentials {
        private final String name;
        private final String authid;
        private final Decoys decoys = new Decoys(new byte[16], List.of());

        Store(String name, String authid) {
            this.name = name;
            this.authid = authid;
        }

        @Override
        public CompletionStage<Optional<Credential>> find(String method, String realm, String wanted) {
            asked.add(name);
            return CompletableFuture.completedFuture(Optional.of(wanted)
                    .filter(authid::equals)
                    .map(found -> new Credential(
                            found, found, List.of(), Optional.empty(), name, new Credential.Keys(Set.of()))));
        }

        @Override
        public Decoys decoys() {
            return decoys;
        }
    }

    private final Store first = new Store("first", "ann");
    private final Store second = new Store("second", "ann");
    private final Store third = new Store("third", "bob");
    private final CredentialChain chain = new CredentialChain(List.of(first, second, third));

    private Optional<String> provider(String authid) {
        asked.clear();
        return chain.find("cryptosign", "veche", authid)
                .toCompletableFuture()
                .join()
                .map(Credential::authprovider);
    }

    @Test
    void theFirstStoreThatHasACredentialDeterminesItAndAllAreAsked() {
        assertEquals(Optional.of("first"), provider("ann"));
        assertEquals(List.of("first", "second", "third"), asked);
        assertEquals(Optional.of("third"), provider("bob"));
        assertEquals(Optional.empty(), provider("eve"));
        assertEquals(3, asked.size());
    }

    @Test
    void theLastStoreProvidesTheDecoys() {
        assertSame(third.decoys(), chain.decoys());
        assertThrows(IllegalArgumentException.class, () -> new CredentialChain(List.of()));
    }
}
