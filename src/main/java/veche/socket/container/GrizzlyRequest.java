package veche.socket.container;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import org.glassfish.grizzly.http.server.AfterServiceListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.tyrus.spi.Writer;

/**
 * The request that was upgraded, which Grizzly has in use for as long as the connection lasts, and then gives to the next
 * one. By then threads may still be at work on it: the one that answered the handshake, the one that reads, the one that
 * finds the socket closed. What they do last would be done to a stranger's handshake, which then is never answered.
 */
final class GrizzlyRequest {
    private static final System.Logger LOG = System.getLogger(GrizzlyRequest.class.getName());

    private GrizzlyRequest() {}

    /** Sees to it that nobody is given this connection's request again; where it is not Grizzly's, nothing happens. */
    static void keepFromPool(Writer writer) {
        try {
            Request request =
                    (Request) Internals.read(TyrusTransport.webConnection(writer), "request", "coyoteRequest");
            Field state = Internals.field(request.getResponse(), "suspendState");
            request.addAfterServiceListener(new Spent(state, Internals.constant(state.getType(), "CANCELLED")));
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOG.log(Level.DEBUG, "Not Grizzly's request as expected", e);
        }
    }

    /** Says at the end of a request what Grizzly looks for: a request that was cancelled has no second life. */
    private record Spent(Field state, Object cancelled) implements AfterServiceListener {
        @Override
        public void onAfterService(Request request) {
            try {
                state.set(request.getResponse(), cancelled);
            } catch (IllegalAccessException e) {
                LOG.log(Level.DEBUG, "The request goes back to the pool", e);
            }
        }
    }
}
