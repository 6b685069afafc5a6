package veche.socket.handshake;

import java.util.Map;
import java.util.Optional;

/** Checks a subprotocol's requirement on the opening handshake. Implementations are thread-safe. */
@FunctionalInterface
public interface SubprotocolCheck {
    /**
     * The rejection, or empty to accept.
     *
     * @param subprotocol the selected subprotocol
     * @param headers the request's header fields by lower-case name
     */
    Optional<Rejection> check(String subprotocol, Map<String, String> headers);
}
