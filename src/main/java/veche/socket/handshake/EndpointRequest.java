package veche.socket.handshake;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Normalizes the path of a request to that of the endpoint. Containers match the paths of WebSocket endpoints exactly,
 * so {@code /chat/} would not match {@code /chat}.
 */
final class EndpointRequest extends HttpServletRequestWrapper {
    private final String path;

    private EndpointRequest(HttpServletRequest request, String path) {
        super(request);
        this.path = path;
    }

    /** Wraps a request; returns it unchanged if its path is already normalized. */
    static HttpServletRequest of(HttpServletRequest request) {
        String path = request.getServletPath().replaceAll("/+$", "").replaceAll("^/+", "/");
        boolean same = path.equals(request.getServletPath())
                && request.getRequestURI().equals(request.getContextPath() + path);
        return same ? request : new EndpointRequest(request, path);
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public String getRequestURI() {
        return getContextPath() + path;
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        int end = url.length()
                - ((HttpServletRequest) getRequest()).getRequestURI().length();
        return url.replace(end, url.length(), getRequestURI());
    }
}
