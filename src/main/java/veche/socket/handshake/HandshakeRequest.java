package veche.socket.handshake;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP request that form an opening handshake.
 *
 * @param method the HTTP method
 * @param offered the offered subprotocols in the client's order of preference
 * @param headers the header fields by lower-case name
 * @param principal the name of the principal authenticated by the container, or null
 * @param roles those of the principal's roles that the application uses
 */
record HandshakeRequest(
        String method,
        String scheme,
        String host,
        String path,
        String query,
        String peer,
        List<String> offered,
        Map<String, String> headers,
        @Nullable String principal,
        List<String> roles,
        List<Locale> languages) {}
