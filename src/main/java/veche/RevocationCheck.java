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
            boolean token = handshake.user().provider() == User.Provider.TOKEN;
            return Optional.of(new Rejection(
                    token ? 401 : 403,
                    Failures.message(revoked),
                    token ? Map.of("WWW-Authenticate", "Bearer realm=\"veche\", error=\"invalid_token\"") : Map.of()));
        }
    }
}
