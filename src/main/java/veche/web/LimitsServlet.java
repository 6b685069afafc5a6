package veche.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Serves the server's limits to the chat page: {@code GET limits.json}. Thread-safe: read-only. */
@WebServlet("/limits.json")
public class LimitsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient PageLimits limits;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().write(limits.json());
    }
}
