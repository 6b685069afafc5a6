package veche.dialect.wamp.auth;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.message.Dict;
import veche.dialect.wamp.message.SessionMessage.Authenticate;
import veche.dialect.wamp.router.Identity;

/**
 * One method of authentication. Thread-safe, does not block. A proof that fails is a stage that fails with a
 * {@link veche.dialect.wamp.message.WampErrorException}, whose URI becomes ABORT's reason.
 */
public interface Authenticator {
    /** The name in {@code authmethods}. */
    String method();

    /** Hears who the client claims to be. */
    CompletionStage<Step> begin(Claim claim);

    /**
     * Whom the client says that it is.
     *
     * @param authid from HELLO, or null
     * @param authextra from HELLO
     * @param handshake the handshake
     */
    record Claim(String realm, String authid, Dict authextra, HandshakeInfo handshake) {}

    /** What comes next. */
    sealed interface Step {}

    /** It is who it says. */
    record Admitted(Identity identity) implements Step {}

    /** It has to answer this first; one try. */
    record Challenged(Dict extra, Function<Authenticate, CompletionStage<Step>> answer) implements Step {}
}
