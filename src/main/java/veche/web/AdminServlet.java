package veche.web;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Serves the administration. Thread-safe.
 *
 * <ul>
 *   <li>{@code /admin}: the page, the same as {@code /admin.html}; access is not restricted.
 *   <li>{@code /admin/api/state}: the state of this node, for moderators only. They authenticate with a bearer token
 *       (RFC 6750), or as a user of the container with a moderator's role. All others receive 401 or 403.
 *   <li>{@code /admin/api/who}: the authorization decision, always with status 200, so that the page can check its
 *       access without an HTTP error.
 * </ul>
 */
@WebServlet({"/admin", AdminServlet.ACCESS, AdminServlet.STATE})
public class AdminServlet extends HttpServlet {
    static final String ACCESS = "/admin/api/who";
    static final String STATE = "/admin/api/state";

    private static final long serialVersionUID = 1L;

    @Inject
    private transient AdminAccess access;

    @Inject
    private transient AdminState state;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getServletPath().equals("/admin")) {
            request.getRequestDispatcher("/admin.html").forward(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        AdminAccess.Decision decision = access.decide(request);
        if (request.getServletPath().equals(ACCESS)) {
            write(response, decision.json());
        } else if (decision.caller() != null) {
            write(response, state.json(decision.caller(), access));
        } else {
            refuse(response, decision);
        }
    }

    private static void refuse(HttpServletResponse response, AdminAccess.Decision decision) throws IOException {
        response.setStatus(decision.status());
        if (decision.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"veche\"");
        }
        write(response, decision.json());
    }

    private static void write(HttpServletResponse response, String json) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
