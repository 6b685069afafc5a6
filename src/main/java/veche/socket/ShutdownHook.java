package veche.socket;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import veche.socket.container.Container;
import veche.socket.container.TomcatShutdownListener;

/**
 * Runs the {@link Drain} before any other shutdown listener. Tomcat and WildFly close all WebSocket sessions from a
 * listener of their own, at once and without a reconnect window. Listeners are notified of the shutdown in the reverse
 * order of their registration (Jakarta Servlet 6.0 §11.3.3), and a listener added by an initializer is registered last.
 * On Tomcat, {@link TomcatShutdownListener} runs even earlier.
 */
public final class ShutdownHook implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        boolean installed = Container.present() == Container.TOMCAT
                && TomcatShutdownListener.install(context, () -> closeAll(context));
        if (!installed) {
            context.addListener(new DrainListener());
        }
    }

    private static void closeAll(ServletContext context) {
        Object drain = context.getAttribute(Drain.class.getName());
        if (drain != null) {
            ((Drain) drain).closeAll();
        }
    }

    /** Registers the drain with the servlet context, since CDI may no longer be available at shutdown. */
    public static void prepare(ServletContext context, Drain drain) {
        context.setAttribute(Drain.class.getName(), drain);
    }

    private static final class DrainListener implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            closeAll(event.getServletContext());
        }
    }
}
