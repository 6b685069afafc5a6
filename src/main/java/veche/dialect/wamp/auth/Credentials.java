package veche.dialect.wamp.auth;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where secrets are kept. Thread-safe; does not block. */
@FunctionalInterface
public interface Credentials {
    /**
     * What is known of a principal for one method.
     *
     * @param method as in {@link Authenticator#method()}
     * @param authid the principal; for {@code cryptosign} without one, the public key in lower-case hex
     */
    CompletionStage<Optional<Credential>> find(String method, String realm, String authid);
}
