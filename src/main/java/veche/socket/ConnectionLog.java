package veche.socket;

import java.lang.System.Logger.Level;
import java.util.Collection;
import veche.dialect.HandshakeInfo;

/**
 * One line in the server's log when a connection opens and one when it has ended, as {@code key=value}: logger {@code
 * veche.connection}, level INFO, which an operator may silence alone. Thread-safe.
 */
final class ConnectionLog {
    private static final System.Logger LOG = System.getLogger("veche.connection");

    private ConnectionLog() {}

    static void opened(String connection, HandshakeInfo handshake) {
        LOG.log(
                Level.INFO,
                () -> "opened connection=" + connection + " remote=" + value(handshake.remoteAddress()) + " subprotocol="
                        + value(handshake.subprotocol()) + " author="
                        + value(handshake.author().id()));
    }

    static void closed(String connection, CloseStatus closeStatus, Collection<String> rooms) {
        LOG.log(
                Level.INFO,
                () -> "closed connection=" + connection + " code=" + closeStatus.code() + " by=" + closeStatus.by() + " room="
                        + value(String.join(",", rooms)) + " reason=" + value(closeStatus.reason()));
    }

    /** As it is where that is one word, else in quotes; never a line of its own, whatever a client sent. */
    static String value(String text) {
        if (text == null || text.isEmpty()) {
            return "-";
        }
        String printable = text.replaceAll("\\p{Cntrl}", "?").replace('"', '\'');
        return printable.matches("\\S+") ? printable : '"' + printable + '"';
    }
}
