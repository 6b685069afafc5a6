package veche;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import veche.socket.ShutdownHook;
import veche.socket.container.TyrusBufferSize;

/** Starts with the web application, and stops with grace when it goes. */
@WebListener
public class Lifecycle implements ServletContextListener {
    @Inject
    private Wiring wiring;

    /** Tomcat ends CDI before it tells us. */
    private Runnable stop;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        EagerClassLoading.of(event.getServletContext());
        stop = wiring.start();
        TyrusBufferSize.fit(event.getServletContext(), wiring.gateway().maxMessageBytes());
        ShutdownHook.prepare(event.getServletContext(), wiring.drain());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (stop != null) {
            stop.run();
        }
    }
}
