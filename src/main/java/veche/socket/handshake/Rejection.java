package veche.socket.handshake;

import java.time.Duration;
import java.util.Map;

/**
 * The HTTP response to a rejected opening handshake.
 *
 * @param status the HTTP status code
 * @param message the response body, one line of text
 * @param headers additional header fields
 */
public record Rejection(int status, String message, Map<String, String> headers) {
    /**
     * Returns the response 429 with {@code Retry-After} (RFC 6585 §4).
     *
     * @param wait the time after which a handshake may succeed; rounded up to at least a second
     */
    public static Rejection tooMany(String message, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Rejection(429, message, Map.of("Retry-After", Long.toString(seconds)));
    }
}
