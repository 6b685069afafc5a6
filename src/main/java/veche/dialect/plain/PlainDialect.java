package veche.dialect.plain;

import java.util.List;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;
import veche.room.RefusedException;
import veche.room.RoomName;
import veche.room.Rooms;

/**
 * The dialect of those who offer no subprotocol: the room is in the handshake's query, everyone in it gets every text and
 * every binary message, the sender too.
 */
public final class PlainDialect implements Dialect {
    private final Rooms rooms;
    private final int maxCharacters;

    /** @param maxCharacters where a text is cut, in code points; the tutorial's chat cuts at 50 */
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
            return new PlainSession(client, handshake.user(), rooms, room, maxCharacters);
        } catch (RefusedException refusal) {
            // Refused since the handshake passed.
            client.close(CloseCode.POLICY, refusal.getMessage());
            return DialectSession.OVER;
        }
    }
}
