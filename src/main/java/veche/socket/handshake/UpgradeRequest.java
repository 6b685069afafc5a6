package veche.socket.handshake;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the header fields by which an opening handshake requests the WebSocket protocol (RFC 6455 §4.2.1, items 1 and
 * 3 to 5). Containers check them differently or not at all.
 */
final class UpgradeRequest {
    private static final int KEY_BYTES = 16;

    private UpgradeRequest() {}

    /** Whether the Upgrade header field contains the token {@code websocket}. */
    static boolean isRequested(Enumeration<String> upgrade) {
        return Collections.list(upgrade).stream().anyMatch(line -> hasToken(line, "websocket"));
    }

    /**
     * Checks the HTTP version, which must be at least 1.1.
     *
     * @param protocol such as {@code HTTP/1.1}
     * @throws HandshakeRejectedException 400 for an earlier one
     */
    static void checkVersion(String protocol) throws HandshakeRejectedException {
        if (protocol.matches("HTTP/(0\\..*|1\\.0)")) {
            throw new HandshakeRejectedException(400, "An opening handshake requires HTTP/1.1", Map.of());
        }
    }

    /**
     * @throws HandshakeRejectedException 400 unless there is one (RFC 9112 §3.2): which one counts would be ambiguous
     */
    static void checkHosts(List<String> hosts) throws HandshakeRejectedException {
        if (hosts.size() != 1) {
            throw new HandshakeRejectedException(400, "Host must be sent exactly once", Map.of());
        }
    }

    /** @throws HandshakeRejectedException 405 for another method than GET, 400 for a missing or malformed field */
    static void check(HandshakeRequest request) throws HandshakeRejectedException {
        if (!"GET".equals(request.method())) {
            throw new HandshakeRejectedException(
                    405, "An opening handshake requires the method GET", Map.of("Allow", "GET"));
        }
        if (!hasToken(request.headers().get("connection"), "upgrade")) {
            throw new HandshakeRejectedException(
                    400, "The Connection header lacks the token Upgrade; a proxy may have removed it", Map.of());
        }
        if (!isKey(request.headers().get("sec-websocket-key"))) {
            throw new HandshakeRejectedException(400, "Sec-WebSocket-Key is not 16 base64-encoded bytes", Map.of());
        }
    }

    private static boolean hasToken(@Nullable String list, String token) {
        return list != null && Arrays.stream(list.split(",")).map(String::trim).anyMatch(token::equalsIgnoreCase);
    }

    private static boolean isKey(@Nullable String key) {
        try {
            // 24 characters are 16 bytes with padding; the decoder would also accept a value without padding.
            return key != null && key.length() == 24 && Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
