/**
 * Veche. Imports run downwards only:
 *
 * <pre>
 * veche           settings and wiring; imported by no other package
 * veche.lab       the tutorial's lab, a demonstration
 * veche.web       HTTP beside the socket: headers of the pages, health, metrics, WSDL, administration
 * veche.socket    endpoints and registry; .handshake the opening handshake, .container what differs between servers
 * veche.delivery  fan-out: cursors, batches of frames, slow consumers, closing
 * veche.dialect   what a dialect is; .plain .soap .wamp are the subprotocols' implementations
 * veche.log       message logs: in memory, SQLite, PostgreSQL
 * veche.identity  who a client is: token, principal, guest
 * veche.room      the domain: rooms, messages, positions, presence, moderation; java.* only
 * </pre>
 *
 * <p>The path of a message: {@code ChatEndpoint} → {@code ConnectionHandler} → the connection's {@code DialectSession} →
 * {@code Rooms.send} → {@code MessageLog.append} (group commit) → {@code Room} grows → {@code Fanout}; from there see
 * {@code veche.delivery}.
 */
package veche;
