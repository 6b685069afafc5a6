package veche.web;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import veche.socket.handshake.HandshakeFilter;
import veche.socket.handshake.OriginPolicy;
import veche.socket.handshake.SecurityHeaders;

/**
 * Adds the {@link SecurityHeaders} to every response. The resources of the web component may also be loaded by pages of
 * the origins in {@code veche.allowed-origins} (Fetch, "CORS protocol").
 *
 * <p>Thread-safe: read-only. WebSocket handshakes pass unchanged; {@link HandshakeFilter} adds the headers where it
 * rejects one.
 */
@WebFilter(
        filterName = "security-headers",
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class SecurityHeadersFilter implements Filter {

    /** The resources that {@code js/veche-chat.js} loads, relative to the context path. */
    private static final Pattern COMPONENT = Pattern.compile("/(js|css|images|vendor)/.*|/index\\.html|/limits\\.json");

    @Inject
    private OriginPolicy origins;

    /** For the container, which injects the dependencies. */
    public SecurityHeadersFilter() {}

    SecurityHeadersFilter(OriginPolicy origins) {
        this.origins = origins;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest httpRequest
                && response instanceof HttpServletResponse httpResponse
                && !isHandshake(httpRequest)) {
            SecurityHeaders.addTo(httpResponse);
            if (COMPONENT.matcher(httpRequest.getServletPath()).matches()) {
                allowOrigin(httpRequest.getHeader("Origin"), httpResponse);
            }
        }
        chain.doFilter(request, response);
    }

    private static boolean isHandshake(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                && HandshakeFilter.isEndpoint(request.getServletPath());
    }

    private void allowOrigin(String origin, HttpServletResponse httpResponse) {
        httpResponse.setHeader("Vary", "Origin");
        if (origins.lists(origin)) {
            httpResponse.setHeader("Access-Control-Allow-Origin", origin);
            httpResponse.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }
}
