package veche.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import veche.room.RoomName;
import veche.room.User;

/**
 * One connection at a moment: what operators look at. Immutable.
 *
 * @param id the connection's id on this node: what log lines name
 * @param user who it is, by the proof that came last: the handshake's, or WAMP's
 * @param subprotocol which dialect it speaks; empty for plain
 * @param path of the endpoint
 * @param rooms those that it is in or follows
 * @param remoteAddress the client's IP address, as trusted proxies tell it
 * @param since when it was opened
 * @param pendingBytes about how many bytes wait for this client, private or, where it takes nothing, of a room
 * @param stalled how long it has not taken what it was given; zero where it takes it
 * @param sentMessages WebSocket messages handed over so far
 * @param sentBytes bytes of their content
 * @param receivedMessages WebSocket messages heard so far
 * @param transport the way out, by class name
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
