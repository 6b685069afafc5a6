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

/**
 * The WebSocket endpoint of the chat; one instance per connection. Receives messages in parts, since only partial
 * message handlers allow a size limit to be enforced on every server.
 */
@ServerEndpoint(
        value = "/chat",
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
        configurator = ChatConfigurator.class)
public class ChatEndpoint {
    private static final System.Logger LOG = System.getLogger(ChatEndpoint.class.getName());

    @Inject
    private Gateway gateway;

    private ConnectionHandler handler;

    /** Opens the dialect session after the handshake. */
    @OnOpen
    public void open(Session session) {
        handler = gateway.open(session);
    }

    /** Receives a part of a text message. */
    @OnMessage
    public void text(String part, boolean last) {
        handler.text(part, last);
    }

    /** Receives a part of a binary message. */
    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        handler.binary(part, last);
    }

    /** Receives a pong, which shows that the client is alive. */
    @OnMessage
    public void pong(PongMessage pong) {
        handler.pong();
    }

    /** Called when either peer has closed the connection. */
    @OnClose
    public void close(CloseReason reason) {
        if (handler != null) {
            gateway.closed(handler, reason.getCloseCode().getCode());
        }
    }

    /** Called when the connection is lost or the container fails to read from it. */
    @OnError
    public void error(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, () -> "session " + session.getId() + " failed", failure);
        if (handler != null && !session.isOpen()) {
            gateway.closed(handler);
        }
    }
}
