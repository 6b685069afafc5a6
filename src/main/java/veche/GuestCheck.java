package veche;

import java.util.Optional;
import veche.dialect.HandshakeInfo;
import veche.room.Permissions;
import veche.socket.handshake.Rejection;

/**
 * Rejects guests before the upgrade, with 401, where none is admitted. Clients of WAMP v2 and SOAP may
 * authenticate after the handshake, by HELLO and the header {@code Token}.
 */
record GuestCheck(Permissions permissions) {
    static final String WAMP_2 = "wamp.2.";
    private static final String SOAP = "soap";

    Optional<Rejection> check(HandshakeInfo handshake) {
        if (authenticatesLater(handshake.subprotocol()) || permissions.admits(handshake.user())) {
            return Optional.empty();
        }
        return Optional.of(Rejection.unauthorized("Guests are not admitted; send a token"));
    }

    private static boolean authenticatesLater(String subprotocol) {
        return subprotocol.startsWith(WAMP_2) || subprotocol.equals(SOAP);
    }
}
