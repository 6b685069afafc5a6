package veche.web;

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

/**
 * Gives the pages and what they load the headers that keep strangers' content harmless: scripts, styles and sockets
 * from here only, no inline code, no guessing of types, no framing elsewhere.
 *
 * <p>Thread-safe: it holds no state. It leaves WebSocket handshakes alone; they are answered at the socket's own door.
 *
 * <p>Sources: Content Security Policy Level 3; Referrer Policy; Fetch, "X-Content-Type-Options" and
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
            "connect-src 'self'",
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

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest asked
                && response instanceof HttpServletResponse answer
                && !"websocket".equalsIgnoreCase(asked.getHeader("Upgrade"))) {
            HEADERS.forEach(answer::setHeader);
        }
        chain.doFilter(request, response);
    }
}
