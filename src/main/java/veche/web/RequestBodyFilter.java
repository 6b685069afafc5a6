package veche.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.regex.Pattern;
import veche.socket.container.UnreadBody;
import veche.socket.handshake.SecurityHeaders;

/**
 * Answers requests with a body with 413 and closes their connection: no resource of Veche reads one but the HTTP API
 * and the servlet of clients without WebSocket, whose names are others. A body that never
 * arrives would occupy a thread, and the rest of an ambiguous one could be taken for another request (RFC 9112 §11.2).
 * Declared in web.xml, so that it precedes all other filters. Thread-safe: without state.
 */
public class RequestBodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    /** The other servlets of Veche, and the container's for static content; an application may add others. */
    private static final Pattern OWN = Pattern.compile("|default|veche\\..*");

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean body = request.getHeader("Transfer-Encoding") != null || request.getContentLengthLong() > 0;
        if (!body || !OWN.matcher(servlet(request)).matches()) {
            chain.doFilter(request, response);
            return;
        }
        SecurityHeaders.addTo(response);
        response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        UnreadBody.abandon(request, response);
    }

    private static String servlet(HttpServletRequest request) {
        return Objects.toString(request.getHttpServletMapping().getServletName(), "");
    }
}
