package veche.lab;

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
import java.util.Objects;
import veche.dialect.Frame;
import veche.socket.BinaryCodec;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;
import veche.socket.TextCodec;

/**
 * The lab's WebSocket endpoint, one instance per connection. The handshake is processed as for the chat; the dialect is
 * {@link Lab}.
 */
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

    @SuppressWarnings("NullAway.Init") // from the opening on
    private ConnectionHandler handler;

    /** The handshake is complete. */
    @OnOpen
    public void open(Session session) {
        handler = gateway.open(session, lab);
        LabHandshake handshake = (LabHandshake)
                Objects.requireNonNull(session.getUserProperties().get(LabHandshake.class.getName()));
        if (handler.handshake().parameter("do").filter("tell"::equals).isPresent()) {
            handshake.whenAnswered(this::sendHandshake);
        }
    }

    /** Reports exceptions to the connection, since a completion stage discards them. */
    private void sendHandshake(String json) {
        try {
            handler.connection().send(new Frame.Text(json));
        } catch (RuntimeException | Error e) {
            handler.connection().fail(e);
        }
    }

    /** A part of a text message. */
    @OnMessage
    public void text(String part, boolean last) {
        handler.text(part, last);
    }

    /** A part of a binary message. */
    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        handler.binary(part, last);
    }

    /** The client is alive. */
    @OnMessage
    public void pong(PongMessage pong) {
        handler.pong();
    }

    /** Either side closed the connection. */
    @OnClose
    public void close(CloseReason reason) {
        if (handler != null) {
            gateway.closed(handler, reason.getCloseCode().getCode());
        }
    }

    /** The container lost the connection or could not read from it. */
    @OnError
    public void error(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, () -> "session " + session.getId() + " failed", failure);
        if (handler != null && !session.isOpen()) {
            gateway.closed(handler);
        }
    }
}
