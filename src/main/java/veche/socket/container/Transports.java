package veche.socket.container;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import veche.delivery.TaskExecutor;
import veche.delivery.Transport;

/** Selects the fastest transport for a container's session; falls back to the standard API. */
public final class Transports {
    private static final System.Logger LOG = System.getLogger(Transports.class.getName());

    /** Creates a transport over the container's internals; fails if they are not supported. */
    private interface Opener {
        Transport open(Session session, TaskExecutor executor) throws ReflectiveOperationException;
    }

    /** Lambdas, since method references would link all these classes at once, but each links on one server only. */
    private static final Map<String, Opener> BY_SESSION_CLASS = Map.of(
            "org.glassfish.tyrus.core.TyrusSession", (session, executor) -> TyrusTransport.of(session),
            "org.apache.tomcat.websocket.WsSession", (session, executor) -> TomcatTransport.of(session, executor),
            "io.undertow.websockets.jsr.UndertowSession", (session, executor) -> UndertowTransport.of(session));

    private static final AtomicBoolean FALLBACK_LOGGED = new AtomicBoolean();

    private Transports() {}

    /** @param executor for transports that may have to delay a write */
    public static Transport of(Session session, TaskExecutor executor) {
        Opener opener = BY_SESSION_CLASS.get(session.getClass().getName());
        if (opener == null) {
            return new StandardTransport(session);
        }
        try {
            return opener.open(session, executor);
        } catch (ReflectiveOperationException | LinkageError e) {
            if (FALLBACK_LOGGED.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "Unsupported container internals; falling back to the standard API", e);
            }
            return new StandardTransport(session);
        }
    }
}
