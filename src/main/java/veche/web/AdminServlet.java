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
 * The administration: its page at {@code /admin} as at {@code /admin.html}, which anyone may load; at {@code
 * /admin/api/state} what it shows, which only moderators may ask for, with {@code Authorization: Bearer} (RFC 6750) or as
 * a user of the container who has a moderator's role: 401 or 403 for others; at {@code /admin/api/who} whether one may,
 * for a page that wants to know without an error. Thread-safe.
 */
@WebServlet({"/admin", AdminServlet.WHO, AdminServlet.STATE})
public class AdminServlet extends HttpServlet {
    static final String WHO = "/admin/api/who";
    static final String STATE = "/admin/api/state";

    private static final long serialVersionUID = 1L;

    @Inject
    private transient AdminAccess desk;

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
        AdminAccess.Verdict verdict = desk.judge(request);
        if (request.getServletPath().equals(WHO)) {
            write(response, verdict.json());
        } else if (verdict.caller() != null) {
            write(response, state.json(verdict.caller(), desk));
        } else {
            refuse(response, verdict);
        }
    }

    private static void refuse(HttpServletResponse response, AdminAccess.Verdict verdict) throws IOException {
        response.setStatus(verdict.status());
        if (verdict.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"veche\"");
        }
        write(response, verdict.json());
    }

    private static void write(HttpServletResponse response, String json) throws IOException {
        response.setContentType("application/json");
        response.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
    }
}
