package veche.socket.container;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.List;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;

/**
 * Runs an action before Tomcat stops the application. On the same event Tomcat's mapper removes the application, after
 * which new handshakes are rejected with 404; therefore this listener is registered before the mapper's. It removes
 * itself, since the context outlives a reload of the application.
 */
public final class TomcatShutdownListener implements LifecycleListener {
    private static final System.Logger LOG = System.getLogger(TomcatShutdownListener.class.getName());

    private final List<LifecycleListener> listeners;
    private final Runnable action;

    private TomcatShutdownListener(List<LifecycleListener> listeners, Runnable action) {
        this.listeners = listeners;
        this.action = action;
    }

    /** @return false if Tomcat's internals are not supported, in which case the action is not run */
    @SuppressWarnings("unchecked") // as declared by Tomcat; a list that supports concurrent modification
    public static boolean install(ServletContext context, Runnable action) {
        try {
            Object listeners = Internals.read(context, "context", "context", "lifecycleListeners");
            List<LifecycleListener> all = (List<LifecycleListener>) listeners;
            all.add(0, new TomcatShutdownListener(all, action));
            return true;
        } catch (ReflectiveOperationException | ClassCastException e) {
            LOG.log(Level.DEBUG, "Unsupported Tomcat internals; handshakes during shutdown are rejected with 404", e);
            return false;
        }
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (Lifecycle.BEFORE_STOP_EVENT.equals(event.getType())) {
            listeners.remove(this);
            action.run();
        }
    }
}
