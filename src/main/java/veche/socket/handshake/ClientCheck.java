package veche.socket.handshake;

import java.util.Optional;
import veche.dialect.HandshakeInfo;

/** Whether an identified client may connect. Thread-safe. */
@FunctionalInterface
public interface ClientCheck {
    /** The rejection, or empty to accept. */
    Optional<Rejection> check(HandshakeInfo handshake);
}
