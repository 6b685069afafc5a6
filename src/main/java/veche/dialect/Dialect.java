package veche.dialect;

import java.util.List;

/** The implementation of a subprotocol. Shared by all clients, without state of a single client. Thread-safe. */
public interface Dialect {
    /** The subprotocols (RFC 6455 §1.9) that select it; empty for the dialect of clients that offer none. */
    List<String> subprotocols();

    /**
     * Opens a session after the opening handshake.
     *
     * @param client the connection; may be used immediately, from any thread
     */
    DialectSession open(Client client, HandshakeInfo handshake);
}
