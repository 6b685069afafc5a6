package veche;

import java.util.Map;
import java.util.Optional;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.socket.handshake.Rejection;

/** Rejects banned users and addresses before the upgrade, with 403 and the reason. */
record BanCheck(Rooms rooms) {
    Optional<Rejection> check(HandshakeInfo handshake) {
        try {
            rooms.moderation().checkBan(handshake.user(), handshake.remoteAddress());
            if (handshake.subprotocol().isEmpty()) {
                // Only the plain dialect names the room in the handshake.
                RoomName room = handshake.parameter("room").map(RoomName::new).orElse(RoomName.LOBBY);
                rooms.checkEntry(handshake.user(), room, handshake.remoteAddress());
            }
            return Optional.empty();
        } catch (RefusedException refusal) {
            return Optional.of(new Rejection(403, Failures.message(refusal), Map.of()));
        }
    }
}
