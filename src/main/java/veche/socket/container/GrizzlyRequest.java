package veche.socket.container;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import org.glassfish.grizzly.http.server.AfterServiceListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.tyrus.spi.Writer;

/**
 * Excludes an upgraded request from Grizzly's pool. Grizzly uses the request for the lifetime of the connection and
 * then recycles it for another one, while threads may still access it: the one that completed the handshake, the one
 * that reads, or the one that detects the close. They would then modify the request of an unrelated handshake, which
 * would never be completed.
 */
final class GrizzlyRequest {
    private static final System.Logger LOG = System.getLogger(GrizzlyRequest.class.getName());

    private GrizzlyRequest() {}

    /** Prevents the connection's request from being recycled; has no effect if it is not Grizzly's. */
    static void excludeFromPool(Writer writer) {
        try {
            Request request =
                    (Request) Internals.read(TyrusTransport.webConnection(writer), "request", "coyoteRequest");
            Field state = Internals.field(request.getResponse(), "suspendState");
            request.addAfterServiceListener(new Canceller(state, Internals.constant(state.getType(), "CANCELLED")));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOG.log(Level.DEBUG, "Unsupported Grizzly internals; the request may be recycled", e);
        }
    }

    /** Marks a request as cancelled when its service ends, since Grizzly does not recycle cancelled requests. */
    private record Canceller(Field state, Object cancelled) implements AfterServiceListener {
        @Override
        public void onAfterService(Request request) {
            try {
                state.set(request.getResponse(), cancelled);
            } catch (IllegalAccessException e) {
                LOG.log(Level.DEBUG, "The request is recycled", e);
            }
        }
    }
}
