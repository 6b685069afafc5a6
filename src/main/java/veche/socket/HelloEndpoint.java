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

/** The tutorial's demo: greets, and closes 5 s later. Takes whole messages, through the decoders. */
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

    /** The handshake is done. */
    @OnOpen
    public void open(Session session) {
        handler = gateway.open(session, new HelloDialect());
    }

    /** Somebody introduces themselves. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public void text(Frame.Text frame) {
        handler.text(frame.text(), true);
    }

    /** Bytes say nothing here. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public void binary(Frame.Binary frame) {
        ByteBuffer data = frame.data();
        handler.binary(data, true);
    }

    /** The client lives. */
    @OnMessage
    public void pong(jakarta.websocket.PongMessage pong) {
        handler.pong();
    }

    /** The socket is closed, by whomever. */
    @OnClose
    public void close(CloseReason reason) {
        if (handler != null) {
            gateway.closed(handler, reason.getCloseCode().getCode());
        }
    }

    /** The container lost the connection, or could not read it. */
    @OnError
    public void error(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, () -> "session " + session.getId() + " failed", failure);
    }
}
