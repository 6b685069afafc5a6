package veche.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import veche.dialect.Frame;
import veche.dialect.plain.HelloDialect;

/** The tutorial's endpoint: greets the client and closes the connection 5 s later. Receives whole, decoded messages. */
@ServerEndpoint(
        value = "/hello",
        encoders = {TextCodec.class, BinaryCodec.class},
        decoders = {TextCodec.class, BinaryCodec.class},
        configurator = ChatConfigurator.class)
public class HelloEndpoint extends SocketEndpoint {
    private static final int MAX_MESSAGE_BYTES = 4096;

    /** Opens the session that greets the client. */
    @OnOpen
    public void open(Session session) {
        opened(session, new HelloDialect());
    }

    /** Receives the client's name. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public void text(Frame.Text frame) {
        receivedText(frame.text(), true);
    }

    /** Receives a binary message, which this dialect does not accept. */
    @OnMessage(maxMessageSize = MAX_MESSAGE_BYTES)
    public void binary(Frame.Binary frame) {
        receivedBinary(frame.data(), true);
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
