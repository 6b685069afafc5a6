package veche.socket.handshake;

import java.util.Optional;

/**
 * Decides whether a client may connect from its address, before its identity is known. Implementations are thread-safe.
 */
@FunctionalInterface
public interface AddressCheck {
    /**
     * The rejection, or empty to accept.
     *
     * @param address the client's IP address, as forwarded by trusted proxies
     */
    Optional<Rejection> check(String address);
}
