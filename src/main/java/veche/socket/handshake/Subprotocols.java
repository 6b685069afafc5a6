package veche.socket.handshake;

import java.util.List;
import java.util.Optional;

/** Selects the subprotocol of a connection (RFC 6455 §4.2.2). Implementations are thread-safe. */
@FunctionalInterface
public interface Subprotocols {
    /**
     * Returns the first supported subprotocol: the empty string if none is offered, {@link Optional#empty} if none of
     * those offered is supported.
     *
     * @param offered the client's subprotocols in its order of preference
     */
    Optional<String> select(List<String> offered);
}
