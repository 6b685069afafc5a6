package veche.lab;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers requests for the lab with 404 if {@code veche.lab} is false. Thread-safe: without mutable state. */
@WebFilter(
        filterName = "lab",
        urlPatterns = {"/lab", "/lab.html", "/lab.json"},
        asyncSupported = true)
public class LabFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Lab lab;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (lab.limits().open()) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
