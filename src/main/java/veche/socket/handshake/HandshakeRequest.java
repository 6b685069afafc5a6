package veche.socket.handshake;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
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
        List<Locale> languages) {
    /** @param used the roles that the application uses */
    static HandshakeRequest of(HttpServletRequest request, List<String> used) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", Collections.list(request.getHeaders(name))));
        }
        List<String> offered = Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .toList();
        return new HandshakeRequest(
                request.getMethod(),
                request.getScheme(),
                request.getHeader("Host"),
                request.getRequestURI(),
                request.getQueryString(),
                request.getRemoteAddr(),
                offered,
                headers,
                request.getUserPrincipal() == null
                        ? null
                        : request.getUserPrincipal().getName(),
                request.getUserPrincipal() == null
                        ? List.of()
                        : used.stream().filter(request::isUserInRole).toList(),
                Collections.list(request.getLocales()));
    }
}
