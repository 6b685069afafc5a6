package veche.lab;

import java.time.Duration;

/**
 * Limits of the lab, per connection and in total. Each is a setting {@code veche.lab.*}; see
 * {@code src/docs/settings.md}.
 *
 * @param open whether the lab is enabled
 * @param maxConnections the maximum number of open connections; further handshakes are answered with 503
 * @param lifetime the time after which a connection is closed with 1000
 * @param maxMessageBytes the maximum size of a message in bytes; a larger one closes the connection with 1009
 * @param maxBytes the maximum number of bytes that one connection may send in total; above, it is closed with 1008
 * @param slowReaders the maximum number of clients that the server reads slowly at once; one more is closed with 1013
 * @param slowBytesPerSecond the rate at which the server reads from such a client
 * @param slowTime how long the server reads slowly from one client; then it reads at full speed
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
