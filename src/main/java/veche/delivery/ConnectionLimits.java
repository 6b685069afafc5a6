package veche.delivery;

import java.time.Duration;

/**
 * Resource limits of a single connection and of all connections of a node. Each is a setting; see {@code settings.md}.
 *
 * @param maxTextBytes maximum size of a received text message without a subprotocol, in bytes of UTF-8; a larger one
 *     closes the connection with 1009
 * @param maxBinaryBytes maximum size of a received binary message, and of a text message in a subprotocol, in bytes; a
 *     larger one closes the connection with 1009
 * @param maxPendingBytes maximum number of bytes pending for a slow consumer; one that exceeds it is closed with 1013
 * @param maxNodePendingBytes node-wide limit on bytes queued in all outboxes; a client that would exceed it is closed
 *     with 1013
 * @param maxStall maximum duration of a single write; a client that exceeds it is closed with 1013
 * @param batchBytes approximate payload size of one write, in bytes
 * @param pingInterval interval between pings to a client
 * @param pongTimeout how soon after a ping a frame must be received
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
    /** The maximum size of a text message. In a subprotocol, the limit does not depend on the type of the frames. */
    public int maxTextBytes(String subprotocol) {
        return subprotocol.isEmpty() ? maxTextBytes : Math.max(maxTextBytes, maxBinaryBytes);
    }

    /** The default values of the settings. */
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
