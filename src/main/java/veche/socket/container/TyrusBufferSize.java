package veche.socket.container;

import jakarta.servlet.ServletContext;
import jakarta.websocket.server.ServerContainer;
import java.lang.System.Logger.Level;

/**
 * Tyrus collects a whole frame before it hands out its first part, in a buffer of 4 MiB by default; a frame beyond it
 * fails with 1011. So the buffer follows the limits of messages; {@link TyrusReadHandler} closes what exceeds them before the
 * buffer is full.
 */
public final class TyrusBufferSize {
    private static final System.Logger LOG = System.getLogger(TyrusBufferSize.class.getName());
    /** The most that Tyrus reads at once; it may be in the buffer beside an unfinished frame. */
    private static final int READ_AT_ONCE = 4_194_315;

    private static final int MAX_HEADER = 14;

    private TyrusBufferSize() {}

    /** Makes room for the largest message in one frame; on another server nothing happens. */
    public static void fit(ServletContext context, int maxMessageBytes) {
        Object container = context.getAttribute(ServerContainer.class.getName());
        if (container == null || !container.getClass().getName().startsWith("org.glassfish.tyrus.")) {
            return;
        }
        try {
            Object engine = Internals.field(container, "engine").get(container);
            Internals.field(engine, "incomingBufferSize").setInt(engine, maxMessageBytes + MAX_HEADER + READ_AT_ONCE);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.log(Level.WARNING, "Tyrus is not as expected inside; frames above 4 MiB are not read", e);
        }
    }
}
