package veche.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.delivery.CloseStatus;
import veche.delivery.Connection;
import veche.delivery.Fanout;
import veche.delivery.Transport;
import veche.dialect.CloseCode;
import veche.dialect.Dialect;
import veche.dialect.DialectSession;
import veche.dialect.HandshakeInfo;
import veche.dialect.MalformedMessageException;
import veche.room.Author;
import veche.room.RoomSession;

/**
 * One open socket: what its endpoint's callbacks lead to. Whatever a conversation throws ends here, since containers
 * answer it in different ways, or not at all.
 */
public final class ConnectionHandler {
    private final Connection connection;
    private final Fanout fanout;
    private final MessageAssembler inbound;
    private final HandshakeInfo handshake;
    private final AtomicBoolean gone = new AtomicBoolean();
    private final Instant since = Instant.now();
    private volatile DialectSession session;
    /** Written by the one thread that reads this socket at a time. */
    private volatile long received;

    ConnectionHandler(Fanout fanout, Transport transport, HandshakeInfo handshake) {
        this.fanout = fanout;
        this.handshake = handshake;
        this.inbound = new MessageAssembler(fanout.limits(), handshake.subprotocol());
        this.connection = fanout.connect(transport);
    }

    /** Begins the conversation; before anything is heard. */
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

    public Connection connection() {
        return connection;
    }

    public HandshakeInfo handshake() {
        return handshake;
    }

    /** As whom its client speaks or spoke: by the proof that came last. */
    Author author() {
        return Optional.ofNullable(session).flatMap(DialectSession::author).orElse(handshake.author());
    }

    public void text(String part, boolean last) {
        hear(last, () -> inbound.text(part, last).ifPresent(session::onText));
    }

    public void binary(ByteBuffer part, boolean last) {
        hear(last, () -> inbound.binary(part, last).ifPresent(session::onBinary));
    }

    public void pong() {
        connection.keepAlive().received();
    }

    private void hear(boolean last, Runnable said) {
        if (connection.isClosed()) {
            return;
        }
        connection.keepAlive().received();
        if (last) {
            received = received + 1;
        }
        try {
            said.run();
        } catch (MalformedMessageException malformed) {
            connection.closeNow(malformed.code(), malformed.getMessage());
        } catch (RuntimeException | Error e) {
            // An Error too: a container may discard it, and the message would be lost without a trace.
            connection.fail(e);
        }
    }

    /** @param roomSession what its visitor has entered, or null where that is nothing yet */
    ConnectionSnapshot snapshot(RoomSession roomSession) {
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
                connection.transport().getClass().getSimpleName());
    }

    CloseStatus closeStatus() {
        return connection.closeStatus();
    }

    /** The socket is no more, whoever ended it; the code is what its client, or the network, ended it with. */
    void gone(int code) {
        connection.closedByPeer(code);
        if (session != null && gone.compareAndSet(false, true)) {
            session.onClose();
        }
    }

    /** Ends it at once, whatever still waits. */
    void end(CloseCode code, String reason) {
        connection.closeNow(code, reason);
    }

    public void close(CloseCode code, String reason) {
        connection.close(code, reason);
    }
}
