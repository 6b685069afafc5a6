package veche.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import veche.room.RoomName;
import veche.room.User;

/**
 * The state of one connection at a point in time, for monitoring by operators. Immutable.
 *
 * @param id the connection's id on this node, as used in log lines
 * @param user the user according to the latest authentication, in the handshake or by WAMP
 * @param subprotocol the negotiated subprotocol; empty for plain
 * @param path the path of the endpoint
 * @param rooms the rooms that the user has joined or follows on this connection
 * @param remoteAddress the client's IP address, as forwarded by trusted proxies
 * @param since when the connection was opened
 * @param pendingBytes the approximate number of bytes pending in the outbox and, during a write, in a followed room
 * @param stalled how long the write in progress has taken; zero if there is none
 * @param sentMessages the number of WebSocket messages sent
 * @param sentBytes the total payload of these messages, in bytes
 * @param receivedMessages the number of WebSocket messages received
 * @param transport the name of the transport
 */
public record ConnectionSnapshot(
        String id,
        User user,
        String subprotocol,
        String path,
        Set<RoomName> rooms,
        String remoteAddress,
        Instant since,
        long pendingBytes,
        Duration stalled,
        long sentMessages,
        long sentBytes,
        long receivedMessages,
        String transport) {}
