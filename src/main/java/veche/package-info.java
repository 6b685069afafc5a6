/**
 * Settings and wiring of Veche. Each package imports only packages that are listed below it:
 *
 * <pre>
 * veche           settings and wiring; imported by no other package
 * veche.lab       the tutorial's lab, a demonstration
 * veche.web       HTTP besides the socket: headers of the pages, health, metrics, WSDL, administration
 * veche.socket    endpoints and registry; .handshake the opening handshake, .container server specifics
 * veche.delivery  fan-out: cursors, batches of frames, slow consumers, closing
 * veche.dialect   the dialect SPI; .plain .soap .wamp implement the subprotocols
 * veche.log       message logs: in memory, SQLite, PostgreSQL
 * veche.identity  identity of a client: token, principal, guest
 * veche.room      the domain: rooms, messages, positions, presence, moderation; java.* only
 * veche.file      configuration files that are read again when they change
 * veche.limit     rates per key, and the counts of what limits refuse
 * </pre>
 *
 * <p>The path of a message: {@code ChatEndpoint} → {@code ConnectionHandler} → the connection's {@code DialectSession}
 * → {@code Rooms.send} → {@code MessageLog.append} (group commit) → {@code Room} adds it to its recent messages →
 * {@code Fanout}. For the rest of the path see {@code veche.delivery}.
 */
@NullMarked
package veche;

import org.jspecify.annotations.NullMarked;
