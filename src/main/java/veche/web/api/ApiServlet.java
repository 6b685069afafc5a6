package veche.web.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import veche.socket.handshake.ApiClient;
import veche.socket.handshake.HandshakeRejectedException;
import veche.socket.handshake.OriginPolicy;

/**
 * Serves the HTTP API. Its name is not one of those whose requests with a body {@code RequestBodyFilter} refuses.
 * Thread-safe.
 */
@WebServlet(name = "api", urlPatterns = "/api/*", asyncSupported = true)
public class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String VERSION = "/v1";
    private static final String DOCUMENT = "/openapi.json";

    @Inject
    private transient Api api;

    @Inject
    private transient OriginPolicy origins;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        allowOrigin(request.getHeader("Origin"), response);
        String path = Objects.toString(request.getPathInfo(), "");
        if (request.getMethod().equals("OPTIONS")) {
            preflight(response);
        } else if (path.equals(VERSION + DOCUMENT)
                && request.getMethod().equals("GET")
                && !RequestBody.isSent(request)) {
            document(response);
        } else {
            begin(request, response, path);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
        try {
            if (!path.startsWith(VERSION + "/")) {
                throw new ProblemException(ProblemType.NOT_FOUND, "The API has no such resource");
            }
            long length = request.getContentLengthLong();
            if (length > api.settings().maxBodyBytes()) {
                throw RequestBody.tooLarge(api.settings().maxBodyBytes());
            }
            ApiClient client = api.authentication().admit(request);
            Exchange.begin(request, response, api).answer(client, path.substring(VERSION.length()));
        } catch (HandshakeRejectedException | ProblemException e) {
            ResponseBody.refuse(
                    request, response, api.counted("none", Problems.of(e).response()));
        }
    }

    /** Lets pages of allowed origins use the API (Fetch, "CORS protocol"). */
    private void allowOrigin(@Nullable String origin, HttpServletResponse response) {
        response.addHeader("Vary", "Origin");
        if (origins.lists(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Expose-Headers", "Location, Retry-After, RateLimit, RateLimit-Policy");
            response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
            if (!origins.open()) {
                response.setHeader("Access-Control-Allow-Credentials", "true");
            }
        }
    }

    private static void preflight(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        if (response.containsHeader("Access-Control-Allow-Origin")) {
            response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
            response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
            response.setHeader("Access-Control-Max-Age", "600");
        }
    }

    private static void document(HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        try (var document = Objects.requireNonNull(ApiServlet.class.getResourceAsStream("openapi.json"))) {
            document.transferTo(response.getOutputStream());
        }
    }
}
