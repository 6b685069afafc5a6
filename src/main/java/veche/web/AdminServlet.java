package veche.web;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import veche.identity.BadToken;
import veche.identity.Identification;
import veche.room.Deed;
import veche.room.Visitor;
import veche.socket.SessionRegistry;

/**
 * Serves the administration's page at {@code /admin} as at {@code /admin.html}, which anyone may load, and what it shows
 * at {@code /admin/api/state}, which only moderators may: with {@code Authorization: Bearer} (RFC 6750), or as a user of
 * the container who has a moderator's role. Thread-safe.
 */
@WebServlet(
        urlPatterns = {"/admin", "/admin/api/state"},
        asyncSupported = true)
public class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final System.Logger LOG = System.getLogger(AdminServlet.class.getName());

    @Inject
    private transient AdminDesk desk;

    @Inject
    private transient AdminState state;

    @Inject
    private transient SessionRegistry sessions;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getServletPath().equals("/admin")) {
            request.getRequestDispatcher("/admin.html").forward(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        try {
            AdminDesk.Caller caller = desk.caller(request);
            if (caller.may().contains(Deed.AUDIT)) {
                tell(request, caller);
            } else if (caller.visitor().provider() == Visitor.Provider.GUEST) {
                response.setHeader("WWW-Authenticate", "Bearer realm=\"veche\"");
                answer(response, HttpServletResponse.SC_UNAUTHORIZED, "A moderator's token is needed");
            } else {
                answer(response, HttpServletResponse.SC_FORBIDDEN, "Only moderators may look in here");
            }
        } catch (BadToken e) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"veche\", error=\"invalid_token\"");
            answer(response, HttpServletResponse.SC_UNAUTHORIZED, e.getMessage());
        } catch (Identification.BadIdentity e) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, e.getMessage());
        }
    }

    private void tell(HttpServletRequest request, AdminDesk.Caller caller) {
        AsyncContext exchange = request.startAsync();
        sessions.snapshot(desk.maxListed()).whenComplete((connections, failure) -> {
            try {
                HttpServletResponse response = (HttpServletResponse) exchange.getResponse();
                response.setContentType("application/json");
                write(response, state.json(caller, desk, connections));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The administration's page has gone", e);
            } finally {
                exchange.complete();
            }
        });
    }

    private static void answer(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        write(response, message + "\n");
    }

    private static void write(HttpServletResponse response, String body) throws IOException {
        response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }
}
