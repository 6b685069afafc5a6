package veche.socket;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import veche.dialect.Frame;

/** The laboratory's endpoint, an instance a connection: the same handshake as the chat's, and the {@link Lab} behind it. */
@ServerEndpoint(
        value = LabEndpoint.PATH,
        subprotocols = {
            "soap",
            "wamp",
            "wamp.2.json",
            "wamp.2.msgpack",
            "wamp.2.cbor",
            "wamp.2.json.batched",
            "wamp.2.msgpack.batched",
            "wamp.2.cbor.batched"
        },
        encoders = {TextCodec.class, BinaryCodec.class},
        decoders = {TextCodec.class, BinaryCodec.class},
        configurator = LabConfigurator.class)
public class LabEndpoint {
    static final String PATH = "/lab/socket";

    private static final System.Logger LOG = System.getLogger(LabEndpoint.class.getName());

    @Inject
    private Gateway gateway;

    @Inject
    private Lab lab;

    private Dialogue dialogue;

    /** The handshake is done. */
    @OnOpen
    public void open(Session session) {
        dialogue = gateway.open(session, lab);
        LabHandshake handshake = (LabHandshake) session.getUserProperties().get(LabHandshake.class.getName());
        if (dialogue.opening().parameter("do").filter("tell"::equals).isPresent()) {
            handshake.whenAnswered(this::tell);
        }
    }

    /** A stage discards what its action throws. */
    private void tell(String told) {
        try {
            dialogue.connection().send(new Frame.Text(told));
        } catch (RuntimeException | Error e) {
            dialogue.connection().fail(e);
        }
    }

    /** A part of a text message. */
    @OnMessage
    public void text(String part, boolean last) {
        dialogue.text(part, last);
    }

    /** A part of a binary message. */
    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        dialogue.binary(part, last);
    }

    /** The client lives. */
    @OnMessage
    public void pong(PongMessage pong) {
        dialogue.pong();
    }

    /** The socket is closed, by whomever. */
    @OnClose
    public void close(CloseReason reason) {
        if (dialogue != null) {
            gateway.closed(dialogue, reason.getCloseCode().getCode());
        }
    }

    /** The container lost the connection, or could not read it. */
    @OnError
    public void error(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, () -> "session " + session.getId() + " failed", failure);
        if (dialogue != null && !session.isOpen()) {
            gateway.closed(dialogue);
        }
    }
}
