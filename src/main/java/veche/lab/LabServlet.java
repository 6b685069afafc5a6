package veche.lab;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Serves the lab's page at {@code /lab} as at {@code /lab.html}, and its limits at {@code /lab.json}. Thread-safe:
 * without mutable state.
 */
@WebServlet({"/lab", "/lab.json"})
public class LabServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Lab lab;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        LabLimits limits = lab.limits();
        if (request.getServletPath().endsWith(".json")) {
            response.setContentType("application/json");
            response.getWriter()
                    .write("{\"maxMessageBytes\":%d,\"maxBytes\":%d,\"slowBytesPerSecond\":%d}"
                            .formatted(limits.maxMessageBytes(), limits.maxBytes(), limits.slowBytesPerSecond()));
        } else {
            request.getRequestDispatcher("/lab.html").forward(request, response);
        }
    }
}
