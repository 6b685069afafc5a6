package veche.socket.handshake;

import java.util.Map;
import java.util.Optional;

/** A requirement of a subprotocol on the opening handshake. Thread-safe. */
@FunctionalInterface
public interface SubprotocolCheck {
    /**
     * The rejection, or empty to accept.
     *
     * @param subprotocol the one selected
     * @param headers the request's header fields by lower-case name
     */
    Optional<Rejection> check(String subprotocol, Map<String, String> headers);
}
