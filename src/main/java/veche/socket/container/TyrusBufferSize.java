package veche.socket.container;

import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger.Level;

/**
 * Adapts Tyrus's input buffer to the message size limit. Tyrus buffers a complete frame before it delivers the first
 * part, by default in up to 4 MiB; a larger frame fails with 1011. {@link TyrusReadHandler} closes connections that
 * exceed the limit before the buffer is full.
 */
public final class TyrusBufferSize {
    private static final System.Logger LOG = System.getLogger(TyrusBufferSize.class.getName());
    /** The maximum size of one read by Tyrus, which is buffered in addition to an incomplete frame. */
    private static final int READ_AT_ONCE = 4_194_315;

    private static final int MAX_HEADER = 14;

    private TyrusBufferSize() {}

    /** Sets the buffer size so that the largest message fits in one frame; has no effect on other servers. */
    public static void fit(ServletContext context, int maxMessageBytes) {
        Object container = context.getAttribute(ServerContainer.class.getName());
        if (container == null || !container.getClass().getName().startsWith("org.glassfish.tyrus.")) {
            return;
        }
        try {
            Object engine = Internals.field(container, "engine").get(container);
            Internals.field(engine, "incomingBufferSize").setInt(engine, maxMessageBytes + MAX_HEADER + READ_AT_ONCE);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "Unsupported Tyrus internals; frames above 4 MiB are not read", e);
        }
    }
}
