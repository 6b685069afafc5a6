package veche.socket;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import veche.socket.container.Container;
import veche.socket.container.TomcatShutdownListener;

/**
 * Lets the {@link Drain} be the first to hear that the application stops. Tomcat and WildFly close all sockets from a
 * listener of their own, at once and without a word on when to come back; listeners hear of the end in the reverse order
 * of their coming (Jakarta Servlet 6.0 §11.3.3), and one that an initializer adds comes last. On Tomcat the
 * {@link TomcatShutdownListener} is earlier still.
 */
public final class ShutdownHook implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        boolean earlier = Container.present() == Container.TOMCAT
                && TomcatShutdownListener.install(context, () -> closeAll(context));
        if (!earlier) {
            context.addListener(new LastWord());
        }
    }

    private static void closeAll(ServletContext context) {
        Object drain = context.getAttribute(Drain.class.getName());
        if (drain != null) {
            ((Drain) drain).closeAll();
        }
    }

    /** Gives it the drain: when the end comes, CDI may have gone. */
    public static void prepare(ServletContext context, Drain drain) {
        context.setAttribute(Drain.class.getName(), drain);
    }

    private static final class LastWord implements ServletContextListener {
        @Override
        public void contextDestroyed(ServletContextEvent event) {
            closeAll(event.getServletContext());
        }
    }
}
