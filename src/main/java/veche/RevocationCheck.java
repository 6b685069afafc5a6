package veche;

import java.util.Map;
import java.util.Optional;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.room.RefusedException;
import veche.room.Rooms;
import veche.room.User;
import veche.socket.handshake.Rejection;

/** Rejects revoked credentials before the upgrade: a token with 401 (RFC 6750 §3.1), another login with 403. */
record RevocationCheck(Rooms rooms) {
    Optional<Rejection> check(HandshakeInfo handshake) {
        try {
            rooms.revocations().check(handshake.user());
            return Optional.empty();
        } catch (RefusedException revoked) {
            String message = Failures.message(revoked);
            return Optional.of(
                    handshake.user().provider() == User.Provider.TOKEN
                            ? Rejection.invalidToken(message)
                            : new Rejection(403, message, Map.of()));
        }
    }
}
