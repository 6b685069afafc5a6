package veche.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET metrics}: serves the {@link Metrics} in Prometheus's text format 0.0.4 if {@link MetricsAccess} admits the
 * request. Subpaths receive 404; without this mapping, Payara Micro would serve its own metrics there. Thread-safe:
 * read-only.
 */
@WebServlet({"/metrics", "/metrics/*"})
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Metrics metrics;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setCharacterEncoding("UTF-8");
        if (request.getPathInfo() != null && !request.getPathInfo().equals("/")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (metrics.access().admits(request.getHeader("Authorization"))) {
            response.setContentType("text/plain; version=0.0.4");
            response.getWriter().write(metrics.scrape());
        } else {
            refuse(response);
        }
    }

    private void refuse(HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        if (metrics.access().token().isEmpty()) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.getWriter().write("Set veche.metrics.token, or veche.metrics.open=true\n");
        } else {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("WWW-Authenticate", "Bearer realm=\"metrics\"");
            response.getWriter().write("The bearer token veche.metrics.token is required\n");
        }
    }
}
