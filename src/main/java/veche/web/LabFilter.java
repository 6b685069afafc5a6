package veche.web;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import veche.socket.Lab;

/**
 * Serves the lab's page at {@code /lab} as at {@code /lab.html}, and its limits at {@code /lab.json}; all three are 404
 * where {@code veche.lab} is false. Thread-safe: it changes nothing.
 */
@WebFilter(
        filterName = "lab",
        urlPatterns = {"/lab", "/lab.html", "/lab.json"})
public class LabFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Lab lab;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!lab.limits().open()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (request.getServletPath().endsWith(".json")) {
            response.setContentType("application/json");
            response.getWriter()
                    .write("{\"maxMessageBytes\":%d,\"maxBytes\":%d,\"slowBytesPerSecond\":%d}"
                            .formatted(
                                    lab.limits().maxMessageBytes(),
                                    lab.limits().maxBytes(),
                                    lab.limits().slowBytesPerSecond()));
        } else if (request.getServletPath().endsWith(".html")) {
            chain.doFilter(request, response);
        } else {
            request.getRequestDispatcher("/lab.html").forward(request, response);
        }
    }
}
