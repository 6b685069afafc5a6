package veche.socket;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import veche.dialect.Dialect;

/**
 * The callbacks of all endpoints; one instance per connection. Each endpoint declares the annotated methods itself and
 * calls these, since the annotations are not inherited (Jakarta WebSocket 2.1 §4.8).
 */
public abstract class SocketEndpoint {
    private static final System.Logger LOG = System.getLogger(SocketEndpoint.class.getName());

    @Inject
    private Gateway gateway;

    /** Null until the session opens, and if that fails. */
    private @Nullable ConnectionHandler handler;

    /** Opens a session of the negotiated dialect after the handshake. */
    protected final void opened(Session session) {
        handler = gateway.open(session);
    }

    /** Opens a session of the given dialect after the handshake, whichever subprotocol was negotiated. */
    protected final ConnectionHandler opened(Session session, Dialect dialect) {
        ConnectionHandler begun = gateway.open(session, dialect);
        handler = begun;
        return begun;
    }

    /** Receives a part of a text message. */
    protected final void receivedText(String part, boolean last) {
        handler().text(part, last);
    }

    /** Receives a part of a binary message. */
    protected final void receivedBinary(ByteBuffer part, boolean last) {
        handler().binary(part, last);
    }

    /** Receives a pong, which shows that the client is alive. */
    protected final void receivedPong() {
        handler().pong();
    }

    private ConnectionHandler handler() {
        return Objects.requireNonNull(handler, "Received before the session was opened");
    }

    /** Called when either peer has closed the connection. */
    protected final void closed(CloseReason reason) {
        if (handler != null) {
            gateway.closed(handler, reason.getCloseCode().getCode());
        }
    }

    /** Called when the connection is lost or the container fails to read from it. */
    protected final void failed(Session session, Throwable failure) {
        LOG.log(Level.DEBUG, () -> "session " + session.getId() + " failed", failure);
        if (handler != null && !session.isOpen()) {
            gateway.closed(handler);
        }
    }
}
