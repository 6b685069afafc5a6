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
     * The secrets by which principals without a credential are challenged. Those of this default differ from process
     * to process; a store whose decoys must remain the same over restarts and nodes has a key of its own.
     */
    default Decoys decoys() {
        return Decoys.PROCESS;
    }
}
