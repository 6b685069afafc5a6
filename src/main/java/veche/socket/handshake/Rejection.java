package veche.socket.handshake;

import java.util.Map;

/**
 * The HTTP response to a rejected opening handshake.
 *
 * @param status the HTTP status code
 * @param message the response body, one line of text
 * @param headers additional header fields
 */
public record Rejection(int status, String message, Map<String, String> headers) {}
