package veche.socket;

import java.lang.System.Logger.Level;
import java.util.Collection;
import veche.delivery.CloseStatus;
import veche.dialect.HandshakeInfo;
import veche.socket.handshake.LogValue;

/**
 * Logs one line when a connection opens and one when it is closed, as {@code key=value} pairs. Uses a logger of its
 * own, {@code veche.connection}, at level INFO, so that it can be disabled separately. Thread-safe.
 */
public final class ConnectionLog {
    private static final System.Logger LOG = System.getLogger("veche.connection");

    private ConnectionLog() {}

    static void opened(String connection, HandshakeInfo handshake) {
        LOG.log(
                Level.INFO,
                () -> "opened connection=" + connection + " remote=" + LogValue.of(handshake.remoteAddress())
                        + " subprotocol="
                        + LogValue.of(handshake.subprotocol()) + " author="
                        + LogValue.of(handshake.author().id()));
    }

    static void closed(String connection, CloseStatus closeStatus, Collection<String> rooms) {
        LOG.log(
                Level.INFO,
                () -> "closed connection=" + connection + " code=" + closeStatus.code() + " by=" + closeStatus.by()
                        + " room=" + LogValue.of(String.join(",", rooms)) + " reason="
                        + LogValue.of(closeStatus.reason()));
    }
}
