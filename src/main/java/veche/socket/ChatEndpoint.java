package veche.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
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
public class ChatEndpoint extends SocketEndpoint {
    /** Opens the session of the negotiated dialect. */
    @OnOpen
    public void open(Session session) {
        opened(session);
    }

    /** Receives a part of a text message. */
    @OnMessage
    public void text(String part, boolean last) {
        receivedText(part, last);
    }

    /** Receives a part of a binary message. */
    @OnMessage
    public void binary(ByteBuffer part, boolean last) {
        receivedBinary(part, last);
    }

    /** Receives a pong. */
    @OnMessage
    public void pong(PongMessage pong) {
        receivedPong();
    }

    /** Called when either peer has closed the connection. */
    @OnClose
    public void close(CloseReason reason) {
        closed(reason);
    }

    /** Called when the connection is lost. */
    @OnError
    public void error(Session session, Throwable failure) {
        failed(session, failure);
    }
}
