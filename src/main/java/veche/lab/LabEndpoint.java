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
import java.nio.ByteBuffer;
import java.util.Objects;
import veche.delivery.Connection;
import veche.dialect.Frame;
import veche.socket.BinaryCodec;
import veche.socket.ConnectionHandler;
import veche.socket.SocketEndpoint;
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
public class LabEndpoint extends SocketEndpoint {
    static final String PATH = "/lab/socket";

    @Inject
    private Lab lab;

    /** Opens the lab's session; sends the handshake as soon as it is complete if the client requests it. */
    @OnOpen
    public void open(Session session) {
        ConnectionHandler handler = opened(session, lab);
        LabHandshake handshake = (LabHandshake)
                Objects.requireNonNull(session.getUserProperties().get(LabHandshake.class.getName()));
        if (handler.handshake().parameter("do").filter("tell"::equals).isPresent()) {
            handshake.whenAnswered(json -> send(handler.connection(), json));
        }
    }

    /** Reports exceptions to the connection, since a completion stage discards them. */
    private static void send(Connection connection, String json) {
        try {
            connection.send(new Frame.Text(json));
        } catch (RuntimeException | Error e) {
            connection.fail(e);
        }
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
