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
import java.util.Map;
import java.util.regex.Pattern;
import veche.socket.handshake.OriginPolicy;

/**
 * Adds security headers to pages and their resources. They restrict scripts, styles and connections to the same origin,
 * and forbid inline code, content sniffing and framing by other origins. The resources of the web component may also be
 * loaded by pages of the origins in {@code veche.allowed-origins}.
 *
 * <p>Thread-safe: read-only. WebSocket handshakes pass unchanged; the handshake filter handles them.
 *
 * <p>Sources: Content Security Policy Level 3; Referrer Policy; Fetch, "X-Content-Type-Options", "CORS protocol" and
 * "Cross-Origin-Resource-Policy"; Permissions Policy.
 */
@WebFilter(
        filterName = "security-headers",
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class SecurityHeadersFilter implements Filter {

    /** {@code connect-src 'self'} covers ws and wss of the same host and port (CSP 3, "Does url match expression"). */
    static final String CONTENT_SECURITY_POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            "media-src blob:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            // The file names have no version: browsers must revalidate, which an ETag makes cheap.
            "Cache-Control", "no-cache");

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
                && !"websocket".equalsIgnoreCase(httpRequest.getHeader("Upgrade"))) {
            HEADERS.forEach(httpResponse::setHeader);
            if (COMPONENT.matcher(httpRequest.getServletPath()).matches()) {
                allowOrigin(httpRequest.getHeader("Origin"), httpResponse);
            }
        }
        chain.doFilter(request, response);
    }

    private void allowOrigin(String origin, HttpServletResponse httpResponse) {
        httpResponse.setHeader("Vary", "Origin");
        if (origins.lists(origin)) {
            httpResponse.setHeader("Access-Control-Allow-Origin", origin);
            httpResponse.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }
}
