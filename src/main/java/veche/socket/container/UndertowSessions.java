package veche.socket.container;

import io.undertow.server.session.Session;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;

/** Undertow's HTTP sessions. Thread-safe. */
public final class UndertowSessions {
    private static final System.Logger LOG = System.getLogger(UndertowSessions.class.getName());
    private static final String CONNECTIONS = "io.undertow.websocket.current-connections";

    private UndertowSessions() {}

    /**
     * Removes the connections that Undertow would close at the end of the session, without GOODBYE and reason. Does
     * nothing on other servers.
     */
    public static void release(HttpSession session) {
        if (Container.present() != Container.OTHER) {
            return;
        }
        try {
            // The servlet session rejects attribute names of Undertow.
            ((Session) Internals.read(session, "session")).removeAttribute(CONNECTIONS);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOG.log(Level.DEBUG, "Unsupported HTTP session; the server may close its connections itself", e);
        }
    }
}
