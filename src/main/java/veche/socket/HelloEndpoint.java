package veche.socket;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import veche.dialect.Frame;
import veche.dialect.plain.HelloDialect;

/** The tutorial's endpoint: greets the client and closes the connection 5 s later. Receives whole, decoded messages. */
@ServerEndpoint(
        value = "/hello",
        encoders = {TextCodec.class, BinaryCodec.class},
        decoders = {TextCodec.class, BinaryCodec.class},
        configurator = ChatConfigurator.class)
public class HelloEndpoint {
    private static final System.Logger LOG = System.getLogger(HelloEndpoint.class.getName());
    private static final int MAX_MESSAGE_BYTES = 4096;

    @Inject
    private Gateway gateway;

    private ConnectionHandler handler;

    /** Opens the dialect session after the handshake. */
    @OnOpen
    public void open(Session session) {
        handler = gateway.open(session, new HelloDialect());
    }

    /** Receives the client's name. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public void text(Frame.Text frame) {
        handler.text(frame.text(), true);
    }

    /** Receives a binary message, which this dialect does not accept. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public void binary(Frame.Binary frame) {
        ByteBuffer data = frame.data();
        handler.binary(data, true);
    }

    /** Receives a pong, which shows that the client is alive. */
    @OnMessage
    public void pong(jakarta.websocket.PongMessage pong) {
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
    }
}
