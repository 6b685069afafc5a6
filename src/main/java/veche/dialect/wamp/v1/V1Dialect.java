package veche.dialect.wamp.v1;

import java.util.List;
import veche.dialect.Client;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.codec.Formats;
import veche.dialect.wamp.router.Router;
import veche.room.RefusedException;

/** WAMP v1: JSON arrays in text messages. */
public final class V1Dialect implements Dialect {
    private final Router router;
    private final V1Events named;
    private final V1Events dotted;

    public V1Dialect(Router router, Formats formats) {
        this.router = router;
        this.named = new V1Events(formats.jsonWithoutBinary(), true);
        this.dotted = new V1Events(formats.jsonWithoutBinary(), false);
    }

    @Override
    public List<String> subprotocols() {
        return List.of("wamp");
    }

    @Override
    public DialectSession open(Client client, HandshakeInfo handshake) {
        try {
            return new V1Session(router, new V1Peer(client, handshake.remoteAddress(), named, dotted), handshake);
        } catch (RefusedException refusal) {
            // Banned after the opening handshake was accepted.
            client.close(CloseCode.POLICY, Failures.message(refusal));
            return DialectSession.OVER;
        }
    }
}
