package veche.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import veche.delivery.CloseStatus;
import veche.delivery.Connection;
import veche.delivery.Fanout;
import veche.delivery.Transport;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.Failures;
import veche.dialect.HandshakeInfo;
import veche.dialect.MalformedMessageException;
import veche.limit.Throughput;
import veche.room.Author;
import veche.room.RoomSession;

/**
 * Handles the callbacks of one connection's endpoint. Catches everything that a dialect session throws, since
 * containers handle it differently or not at all.
 */
public final class ConnectionHandler implements Transport.FrameObserver {
    private final Connection connection;
    private final MessageAssembler inbound;
    private final Fanout fanout;
    private final Throughput throughput;
    private final HandshakeInfo handshake;
    private final AtomicBoolean closeNotified = new AtomicBoolean();
    private final Instant since = Instant.now();
    /** {@link DialectSession#OVER} until the session is opened, and if that fails. */
    private volatile DialectSession session = DialectSession.OVER;

    /** Written by the thread that reads from this connection, one at a time. */
    private volatile long received;

    ConnectionHandler(Fanout fanout, Transport transport, Throughput throughput, HandshakeInfo handshake) {
        this.throughput = throughput;
        this.handshake = handshake;
        this.fanout = fanout;
        this.inbound = new MessageAssembler(fanout.limits(), handshake.subprotocol(), fanout.memory());
        this.connection = fanout.connect(transport);
    }

    /** Opens the dialect session; called before the first message is received. */
    void begin(Dialect dialect) {
        ConnectionLog.opened(id(), handshake);
        connection.onReleased((closeStatus, rooms) -> ConnectionLog.closed(id(), closeStatus, rooms));
        try {
            session = dialect.open(connection, handshake);
        } catch (RuntimeException | Error e) {
            connection.fail(e);
        }
    }

    String id() {
        return connection.id();
    }

    /** The connection that frames are sent to. */
    public Connection connection() {
        return connection;
    }

    /** The opening handshake of the connection. */
    public HandshakeInfo handshake() {
        return handshake;
    }

    /** The client's identity according to its latest authentication; remains available after the close. */
    Author author() {
        return session.author().orElse(handshake.author());
    }

    /** Called by the endpoint for a part of a text message. */
    public void text(String part, boolean last) {
        receive(part.length(), last, () -> inbound.text(part, last).ifPresent(session::onText));
    }

    /** Called by the endpoint for a part of a binary message. */
    public void binary(ByteBuffer part, boolean last) {
        receive(part.remaining(), last, () -> inbound.binary(part, last).ifPresent(session::onBinary));
    }

    /** Called by the endpoint for a pong. */
    public void pong() {
        connection.keepAlive().received();
    }

    private void receive(int size, boolean last, Runnable delivery) {
        if (connection.isClosed()) {
            return;
        }
        connection.keepAlive().received();
        if (!throughput.admits(size, last)) {
            connection.closeNow(CloseCode.POLICY, "Rate limit exceeded");
            return;
        }
        if (last) {
            received = received + 1;
        } else if (closesForMemory()) {
            return;
        }
        try {
            delivery.run();
        } catch (MalformedMessageException malformed) {
            connection.closeNow(malformed.code(), Failures.message(malformed));
        } catch (RuntimeException | Error e) {
            // An Error is caught too: a container may discard it, and the message would be lost silently.
            connection.fail(e);
        }
        if (connection.isClosed()) {
            inbound.release(); // the close may have preceded the part
        }
    }

    /** Closes the connection if it holds much of an incomplete message while the memory for clients is exhausted. */
    private boolean closesForMemory() {
        boolean closes =
                inbound.held() > fanout.limits().batchBytes() && fanout.memory().refuses();
        if (closes) {
            connection.closeSlowConsumer("The server's memory for incomplete messages is full; reconnect");
        }
        return closes;
    }

    @Override
    public void onViolation(CloseCode code, String reason) {
        connection.closeNow(code, reason);
    }

    @Override
    public void onIncomplete(long bytes) {
        inbound.receiving(bytes);
        if (bytes > 0) {
            closesForMemory();
        }
        if (connection.isClosed()) {
            inbound.release();
        }
    }

    /** @param roomSession the room session of this connection, or null if it has none yet */
    ConnectionSnapshot snapshot(@Nullable RoomSession roomSession) {
        return new ConnectionSnapshot(
                id(),
                roomSession == null ? handshake.user() : roomSession.user(),
                handshake.subprotocol(),
                handshake.uri().getPath(),
                roomSession == null ? Set.of() : roomSession.attended(),
                handshake.remoteAddress(),
                since,
                connection.pendingBytes(),
                Duration.ofNanos(connection.stalledFor(System.nanoTime())),
                connection.sent().messages(),
                connection.sent().bytes(),
                received,
                connection.transport().name());
    }

    CloseStatus closeStatus() {
        return connection.closeStatus();
    }

    /**
     * Closes the dialect session after either peer has closed the connection. Idempotent.
     *
     * @param code the close code of the client, or 1006 for a lost connection
     */
    void closed(int code) {
        connection.closedByPeer(code);
        inbound.release();
        DialectSession opened = session;
        // Called again once a session has been opened that the close overtook.
        if (opened != DialectSession.OVER && closeNotified.compareAndSet(false, true)) {
            opened.onClose();
        }
    }

    /** Closes the connection after the frames that are pending. */
    public void close(CloseCode code, String reason) {
        connection.close(code, reason);
    }
}
