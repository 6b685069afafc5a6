package veche.socket.handshake;

import java.util.Optional;
import veche.dialect.HandshakeInfo;

/** Decides whether an identified client may connect. Implementations are thread-safe. */
@FunctionalInterface
public interface ClientCheck {
    /** The rejection, or empty to accept. */
    Optional<Rejection> check(HandshakeInfo handshake);
}
