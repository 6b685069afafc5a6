package veche.socket.handshake;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * The security headers of every HTTP response but 101. They restrict scripts, styles and connections to the same
 * origin, and forbid inline code, content sniffing and framing by other origins.
 *
 * <p>Sources: Content Security Policy Level 3; Referrer Policy; Fetch, "X-Content-Type-Options" and
 * "Cross-Origin-Resource-Policy"; Permissions Policy.
 */
public final class SecurityHeaders {
    /** {@code connect-src 'self'} covers ws and wss of the same host and port (CSP 3, "Does url match expression"). */
    private static final String CONTENT_SECURITY_POLICY = String.join(
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

    private static final Map<String, String> FIELDS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            // The file names have no version: browsers must revalidate, which an ETag makes cheap.
            "Cache-Control", "no-cache");

    private SecurityHeaders() {}

    /** Adds the fields to a response that is not committed. */
    public static void addTo(HttpServletResponse response) {
        FIELDS.forEach(response::setHeader);
    }
}
