package veche;

import java.util.Map;
import java.util.Optional;
import veche.dialect.Opening;
import veche.room.Refusal;
import veche.room.RoomName;
import veche.room.Rooms;
import veche.socket.HandshakePolicy.Rejection;

/** Tells those whom a moderator keeps out so before the upgrade, with 403 and the reason. */
record Door(Rooms rooms) {
    Optional<Rejection> judge(Opening opening) {
        try {
            rooms.moderation().checkBan(opening.visitor());
            if (opening.subprotocol().isEmpty()) {
                // The one dialect whose handshake names the room.
                RoomName room = opening.parameter("room").map(RoomName::new).orElse(RoomName.LOBBY);
                rooms.moderation().checkEntry(opening.visitor(), room);
            }
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(new Rejection(403, refusal.getMessage(), Map.of()));
        }
    }
}
