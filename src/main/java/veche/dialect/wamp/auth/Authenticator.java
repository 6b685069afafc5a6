package veche.dialect.wamp.auth;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.SessionMessage.Authenticate;
import veche.dialect.wamp.router.Identity;

/**
 * An authentication method. Thread-safe; must not block. If authentication fails, the stage fails with a
 * {@link veche.dialect.wamp.message.WampErrorException}, whose URI is the reason of ABORT.
 */
public interface Authenticator {
    /** The name in {@code authmethods}. */
    String method();

    /** Starts authentication of the identity that the client claims. */
    CompletionStage<Step> begin(Claim claim);

    /**
     * The identity that the client claims.
     *
     * @param authid from HELLO, or null
     * @param authextra from HELLO
     * @param handshake the opening handshake
     */
    record Claim(String realm, @Nullable String authid, Dict authextra, HandshakeInfo handshake) {
        /** @throws veche.dialect.wamp.message.WampErrorException if HELLO contains no authid */
        String requiredAuthid() {
            if (authid == null) {
                throw Proof.missing("authid");
            }
            return authid;
        }
    }

    /** The outcome of an authentication step. */
    sealed interface Step {}

    /** The client is authenticated. */
    record Admitted(Identity identity) implements Step {}

    /** The client must respond to a CHALLENGE; it has one attempt. */
    record Challenged(Dict extra, Function<Authenticate, CompletionStage<Step>> answer) implements Step {}
}
