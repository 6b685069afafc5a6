package veche.socket.handshake;

import java.util.List;
import java.util.Optional;

/** Selects the subprotocol of a connection (RFC 6455 §4.2.2). Thread-safe. */
@FunctionalInterface
public interface Subprotocols {
    /**
     * The first supported one; the empty string where none is offered, and empty where none of them is supported.
     *
     * @param offered the client's subprotocols in its order of preference
     */
    Optional<String> select(List<String> offered);
}
