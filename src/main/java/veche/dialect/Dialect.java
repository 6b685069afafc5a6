package veche.dialect;

import java.util.List;

/** A language spoken over the socket. Stateless towards single clients, shared by all of them, thread-safe. */
public interface Dialect {
    /** The subprotocols (RFC 6455 §1.9) that select it; empty for the one spoken where the client offers none. */
    List<String> subprotocols();

    /**
     * Begins a talk, once the socket is open.
     *
     * @param client the connection; may be used at once, from any thread
     */
    DialectSession open(Client client, HandshakeInfo handshake);
}
