package veche.socket;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the fastest way out for a container's session; the standard API where there is no faster one. */
final class Transports {
    private static final System.Logger LOG = System.getLogger(Transports.class.getName());

    /** Opens a wire by the container's inside; fails where that inside is not as expected. */
    private interface Opener {
        Transport open(Session session, Fanout fanout) throws ReflectiveOperationException;
    }

    /** Lambdas, since a method reference would link all of these classes at once, and each is at home on one server only. */
    private static final Map<String, Opener> BY_SESSION_CLASS = Map.of(
            "org.glassfish.tyrus.core.TyrusSession", (session, fanout) -> TyrusTransport.of(session),
            "org.apache.tomcat.websocket.WsSession", (session, fanout) -> TomcatTransport.of(session, fanout),
            "io.undertow.websockets.jsr.UndertowSession", (session, fanout) -> UndertowTransport.of(session));

    private static final Set<String> ANNOUNCED = ConcurrentHashMap.newKeySet();

    private Transports() {}

    static Transport of(Session session, Fanout fanout) {
        Transport transport = open(session, fanout);
        if (ANNOUNCED.add(transport.getClass().getSimpleName())) {
            LOG.log(
                    Level.INFO,
                    "transport={0} session={1}",
                    transport.getClass().getSimpleName(),
                    session.getClass().getName());
        }
        return transport;
    }

    /** Which ways out have been used since start, by class name. */
    static Set<String> inUse() {
        return Set.copyOf(ANNOUNCED);
    }

    private static Transport open(Session session, Fanout fanout) {
        Opener opener = BY_SESSION_CLASS.get(session.getClass().getName());
        if (opener == null) {
            return new StandardTransport(session);
        }
        try {
            return opener.open(session, fanout);
        } catch (ReflectiveOperationException | LinkageError e) {
            if (ANNOUNCED.add(opener.toString())) {
                LOG.log(Level.WARNING, "This server is not as expected inside; using the standard API", e);
            }
            return new StandardTransport(session);
        }
    }
}
