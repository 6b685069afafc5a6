package veche.socket.handshake;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Hides the HTTP session from the container's handshake. At the end of the session of an authenticated user, containers
 * close its connections themselves, without GOODBYE and each with another reason, and Tomcat does not after a change of
 * the session's id. This application closes them instead.
 */
final class SessionlessRequest extends HttpServletRequestWrapper {
    SessionlessRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        return create ? super.getSession(true) : null;
    }
}
