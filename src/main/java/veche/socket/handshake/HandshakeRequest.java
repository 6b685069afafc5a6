package veche.socket.handshake;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of a request that an opening handshake consists of.
 *
 * @param method the HTTP method
 * @param offered the subprotocols in the client's order
 * @param headers by lower-case name
 * @param principal the container's user name, or null
 * @param roles those of the principal's roles that have a meaning here
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
        String principal,
        List<String> roles,
        List<Locale> languages) {}
