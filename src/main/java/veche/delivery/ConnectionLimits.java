package veche.delivery;

import java.time.Duration;

/**
 * What one connection, and all of them together, may use. Each is a setting of its own; see the README.
 *
 * @param maxTextBytes the largest text message taken without a subprotocol, in bytes of UTF-8; above: 1009
 * @param maxBinaryBytes the largest binary message taken, and the largest text message in a subprotocol, in bytes;
 *     above: 1009
 * @param maxPendingBytes what may wait for one client that does not take it; above: 1013
 * @param maxNodePendingBytes what may wait in private queues of all clients together; above, those who add: 1013
 * @param maxStall how long one write may take; longer: 1013
 * @param batchBytes about how much goes out in one write
 * @param pingInterval between two pings to a client
 * @param pongTimeout how long after a ping something must be heard
 */
public record ConnectionLimits(
        int maxTextBytes,
        int maxBinaryBytes,
        int maxPendingBytes,
        long maxNodePendingBytes,
        Duration maxStall,
        int batchBytes,
        Duration pingInterval,
        Duration pongTimeout) {
    /** How large a text may be: in a subprotocol a message is as large as another, whatever the type of its frames. */
    public int maxTextBytes(String subprotocol) {
        return subprotocol.isEmpty() ? maxTextBytes : Math.max(maxTextBytes, maxBinaryBytes);
    }

    /** The defaults of all settings. */
    public static final ConnectionLimits DEFAULT = new ConnectionLimits(
            64 << 10,
            1 << 20,
            1 << 20,
            Runtime.getRuntime().maxMemory() / 4,
            Duration.ofSeconds(10),
            64 << 10,
            Duration.ofSeconds(25),
            Duration.ofSeconds(10));
}
