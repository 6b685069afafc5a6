/**
 * Veche, the map. Imports run downwards only:
 *
 * <pre>
 * veche          this package: Settings and the wiring; imported by nobody
 * veche.web      HTTP beside the socket: pages' headers, health, WSDL
 * veche.socket   endpoints, handshake, registry, fan-out; the only package that knows jakarta.websocket
 * veche.dialect  what a dialect is; .plain .soap .wamp are those there are
 * veche.log      the logs of the rooms: in memory, SQLite, PostgreSQL
 * veche.identity who is it
 * veche.room     the domain: Room, Message, Position, Rooms, Presence; java.* only
 * </pre>
 *
 * A message's way: {@code ChatEndpoint} → {@code Dialogue} → the connection's {@code Conversation} → {@code Rooms.send} →
 * {@code MessageLog.append} (group commit) → {@code Room} grows → {@code Fanout}: each {@code Carrier} moves its
 * connections' {@code Subscription}s, words a run once per {@code Wording} → {@code Wire}.
 */
package veche;
