package veche;

import java.util.Optional;
import veche.dialect.HandshakeInfo;
import veche.room.Permissions;
import veche.socket.handshake.Rejection;

/**
 * Rejects guests before the upgrade, with 401, where none is admitted. Clients of WAMP v2 authenticate after the
 * handshake; their HELLO without credentials is answered with ABORT.
 */
record GuestCheck(Permissions permissions) {
    private static final String WAMP_2 = "wamp.2.";

    Optional<Rejection> check(HandshakeInfo handshake) {
        if (handshake.subprotocol().startsWith(WAMP_2) || permissions.admits(handshake.user())) {
            return Optional.empty();
        }
        return Optional.of(Rejection.unauthorized("Guests are not admitted; send a token"));
    }
}
