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
    /** The challenge for a bearer token (RFC 6750 §3). */
    static final String CHALLENGE = "Bearer realm=\"veche\"";

    /** The challenge after an invalid token. */
    static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";

    /** Returns the response 401 to a request without a token. */
    public static Rejection unauthorized(String message) {
        return new Rejection(401, message, Map.of("WWW-Authenticate", CHALLENGE));
    }

    /** Returns the response 401 to an invalid token. */
    public static Rejection invalidToken(String message) {
        return new Rejection(401, message, Map.of("WWW-Authenticate", INVALID_TOKEN));
    }

    /**
     * Returns the response 429 with {@code Retry-After} (RFC 6585 §4).
     *
     * @param wait the time after which a handshake may succeed; rounded up to at least a second
     */
    public static Rejection tooMany(String message, Duration wait) {
        return later(429, message, wait);
    }

    /**
     * Returns the response 503 with {@code Retry-After} (RFC 9110 §15.6.4).
     *
     * @param wait the time after which a handshake may succeed; rounded up to at least a second
     */
    public static Rejection unavailable(String message, Duration wait) {
        return later(503, message, wait);
    }

    private static Rejection later(int status, String message, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Rejection(status, message, Map.of("Retry-After", Long.toString(seconds)));
    }
}
