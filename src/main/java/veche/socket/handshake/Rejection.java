package veche.socket.handshake;

import java.util.Map;

/**
 * The answer to an opening handshake that is not accepted.
 *
 * @param status of HTTP
 * @param message one line for the response's body
 * @param headers further header fields
 */
public record Rejection(int status, String message, Map<String, String> headers) {}
