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
 * Gives the pages and what they load the headers that keep strangers' content harmless: scripts, styles and sockets
 * from here only, no inline code, no guessing of types, no framing elsewhere. What the web component is made of may be
 * loaded by pages of the origins that {@code veche.allowed-origins} lists, and by no others.
 *
 * <p>Thread-safe: it changes nothing. It leaves WebSocket handshakes alone; they are answered at the socket's own door.
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
            // Names of the pages' files never change: a browser must ask whether they did (ETag makes it cheap).
            "Cache-Control", "no-cache");

    /** What {@code js/veche-chat.js} loads, below the context path. */
    private static final Pattern COMPONENT = Pattern.compile("/(js|css|images|vendor)/.*|/index\\.html|/limits\\.json");

    @Inject
    private OriginPolicy origins;

    /** For the container, which injects. */
    public SecurityHeadersFilter() {}

    SecurityHeadersFilter(OriginPolicy origins) {
        this.origins = origins;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && !"websocket".equalsIgnoreCase(asked.getHeader("Upgrade"))) {
            HEADERS.forEach(answer::setHeader);
            if (COMPONENT.matcher(asked.getServletPath()).matches()) {
                share(asked.getHeader("Origin"), answer);
            }
        }
        chain.doFilter(request, response);
    }

    private void share(String origin, HttpServletResponse answer) {
        answer.setHeader("Vary", "Origin");
        if (origins.lists(origin)) {
            answer.setHeader("Access-Control-Allow-Origin", origin);
            answer.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        }
    }
}
