package veche.socket.handshake;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request with the endpoint's path as the endpoint is declared: containers compare the paths of WebSocket endpoints to the
 * letter, so that {@code /chat/} would find none.
 */
final class EndpointRequest extends HttpServletRequestWrapper {
    private final String path;

    private EndpointRequest(HttpServletRequest request, String path) {
        super(request);
        this.path = path;
    }

    /** The request itself where its path is the endpoint's already. */
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
    public String getPathInfo() {
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
