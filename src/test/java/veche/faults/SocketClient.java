package veche.faults;

import java.io.IOException;
import java.net.URI;

/** A client whose messages are texts of a subprotocol. */
abstract class SocketClient extends FaultClient {
    private final String subprotocol;
    private volatile TextLink current;

    /** @param subprotocol empty for none */
    SocketClient(FaultLoad load, String user, String subprotocol) {
        super(load, user);
        this.subprotocol = subprotocol;
    }

    @Override
    final void connect(String link, int node) throws IOException, InterruptedException {
        URI endpoint = URI.create(load().cluster().node(node).chat() + "?access_token=" + token() + "&" + query());
        try (TextLink opened = new TextLink(link, endpoint, subprotocol, this::accept)) {
            synchronized (this) {
                current = opened;
            }
            session(opened, node);
        }
    }

    /** What comes late from a former connection is not received, since the present one resumes without it. */
    private synchronized void accept(TextLink connection, String text) {
        if (connection.equals(current)) {
            received(connection, text);
        }
    }

    /** Further parameters of the opening handshake. */
    String query() {
        return "";
    }

    /** The work on a connection; returns when it is no longer needed or useful. */
    abstract void session(TextLink connection, int node) throws IOException, InterruptedException;

    /** A message; called by the connection's thread. */
    abstract void received(TextLink connection, String text);

    @Override
    void reset() {
        TextLink link = current;
        if (link != null) {
            link.close();
        }
    }
}
