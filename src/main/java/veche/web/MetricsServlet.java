package veche.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;

/**
 * {@code GET metrics}: the {@link Metrics} in Prometheus's text format 0.0.4. Only for those on the same machine, unless
 * {@code veche.metrics.open} is true; what a proxy forwards is from elsewhere. Thread-safe: it changes nothing.
 */
@WebServlet("/metrics")
public class MetricsServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Inject
    private transient Metrics metrics;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setCharacterEncoding("UTF-8");
        if (!metrics.open() && !fromHere(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain");
            response.getWriter().write("Ask from the server's own machine, or set veche.metrics.open=true\n");
            return;
        }
        response.setContentType("text/plain; version=0.0.4");
        response.getWriter().write(metrics.scrape());
    }

    private static boolean fromHere(HttpServletRequest request) throws IOException {
        boolean forwarded = request.getHeader("Forwarded") != null || request.getHeader("X-Forwarded-For") != null;
        return !forwarded && InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    }
}
