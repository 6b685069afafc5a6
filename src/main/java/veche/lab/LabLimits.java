package veche.lab;

import java.time.Duration;

/**
 * What visitors of the lab may use, one connection and all together. Each is a setting {@code veche.lab.*} of its own;
 * see the README.
 *
 * @param open whether there is a lab at all
 * @param maxConnections how many may be open at once; above, handshakes are answered 503
 * @param lifetime after which a connection is closed with 1000
 * @param maxMessageBytes the largest message taken, in bytes; above: 1009
 * @param maxBytes what one connection may send in all, in bytes; above: 1008
 * @param slowReaders from how many clients the server reads slowly at once; one more is closed with 1013
 * @param slowBytesPerSecond how slowly
 * @param slowTime how long one client is read slowly from; then it is read as fast as any
 */
public record LabLimits(
        boolean open,
        int maxConnections,
        Duration lifetime,
        int maxMessageBytes,
        long maxBytes,
        int slowReaders,
        int slowBytesPerSecond,
        Duration slowTime) {
    /** The defaults of all settings. */
    public static final LabLimits DEFAULT =
            new LabLimits(true, 100, Duration.ofMinutes(5), 64 << 10, 32 << 20, 4, 1 << 20, Duration.ofSeconds(15));
}
