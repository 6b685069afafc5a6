package veche.dialect.plain;

import java.util.List;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.Rooms;

/**
 * The dialect of clients that offer no subprotocol. The room is a query parameter of the handshake. Every text and
 * binary message is delivered to all clients in the room, including the sender.
 */
public final class PlainDialect implements Dialect {
    private final Rooms rooms;
    private final int maxCharacters;

    /** @param maxCharacters the length in code points at which a text is cut; 50 in the tutorial's chat */
    public PlainDialect(Rooms rooms, int maxCharacters) {
        this.rooms = rooms;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public List<String> subprotocols() {
        return List.of();
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        RoomName room = handshake.parameter("room").map(RoomName::new).orElse(RoomName.LOBBY);
        try {
            return new PlainSession(client, handshake.user(), handshake.remoteAddress(), rooms, room, maxCharacters);
        } catch (RefusedException refusal) {
            // The handshake was accepted, but the room has refused the user since then.
            client.close(CloseCode.POLICY, Failures.message(refusal));
            return DialectSession.OVER;
        }
    }
}
