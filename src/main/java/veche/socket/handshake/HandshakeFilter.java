package veche.socket.handshake;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.regex.Pattern;
import veche.socket.container.TyrusUpgradeHandler;

/**
 * Checks every opening handshake before the container does. Containers respond differently to invalid handshakes; this
 * filter responds the same way on all servers, with 400, 401, 403, 405, 426 or 503. A trailing slash of the endpoint's
 * path and a repeated leading one are ignored.
 */
@WebFilter(
        urlPatterns = {"/chat", "/chat/", "/hello", "/hello/"},
        asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
    /** The request attribute that holds the {@link java.net.URI} of the endpoint as the client addresses it. */
    public static final String ENDPOINT = "veche.endpoint";

    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(HandshakeFilter.class.getName());

    private static final Pattern ENDPOINTS = Pattern.compile("/(chat|hello|lab/socket)/?");

    @Inject
    private transient HandshakePolicy policy;

    /**
     * Whether a path is one of a WebSocket endpoint, whose handshakes this filter answers.
     *
     * @param servletPath relative to the context path
     */
    public static boolean isEndpoint(String servletPath) {
        return ENDPOINTS.matcher(servletPath).matches();
    }

    @Override
    protected void doFilter(HttpServletRequest original, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = EndpointRequest.of(original);
        if (!UpgradeRequest.isRequested(request.getHeaders("Upgrade"))) {
            SecurityHeaders.addTo(response); // the order of filters is not specified
            respondWithoutUpgrade(request, response, chain);
            return;
        }
        try {
            UpgradeRequest.checkVersion(request.getProtocol());
            UpgradeRequest.checkHosts(Collections.list(request.getHeaders("Host")));
            Handshake admitted =
                    policy.admit(HandshakeRequest.of(request, policy.roles())).within(request.getSession(false));
            Handshake.begin(admitted);
            chain.doFilter(
                    TyrusUpgradeHandler.of(admitted.login().isPresent() ? new SessionlessRequest(request) : request),
                    response);
        } catch (HandshakeRejectedException rejected) {
            reject(request, response, rejected.rejection());
        } finally {
            Handshake.end();
        }
    }

    private void respondWithoutUpgrade(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String query = request.getQueryString();
        if ("wsdl".equalsIgnoreCase(query) || "xsd".equalsIgnoreCase(query)) {
            try {
                request.setAttribute(ENDPOINT, policy.endpoint(HandshakeRequest.of(request, policy.roles())));
                chain.doFilter(request, response);
            } catch (HandshakeRejectedException rejected) {
                reject(request, response, rejected.rejection());
            }
            return;
        }
        response.setHeader("Vary", "Accept");
        if (request.getMethod().equals("GET") && acceptsHtml(request)) {
            response.sendRedirect(request.getContextPath() + page(request));
            return;
        }
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        respond(response, 426, "This is a WebSocket endpoint (RFC 6455)");
    }

    /** Whether a browser navigates to the endpoint's address. The Fetch API and other clients accept any type. */
    private static boolean acceptsHtml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    /** The endpoint's page, with the same query and therefore the same room. */
    private static String page(HttpServletRequest request) {
        String path = request.getServletPath().equals("/hello") ? "/hello.html" : "/";
        return request.getQueryString() == null ? path : path + "?" + request.getQueryString();
    }

    private void reject(HttpServletRequest request, HttpServletResponse response, Rejection rejection)
            throws IOException {
        // The check that answers 429 logs a flood once in a while.
        LOG.log(
                rejection.status() == 429 ? Level.DEBUG : Level.INFO,
                () -> "refused status=" + rejection.status() + " remote="
                        + LogValue.of(policy.client(HandshakeRequest.of(request, policy.roles()))) + " reason="
                        + LogValue.of(rejection.message()));
        SecurityHeaders.addTo(response);
        rejection.headers().forEach(response::setHeader);
        respond(response, rejection.status(), rejection.message());
    }

    private static void respond(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getOutputStream().write((message + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
