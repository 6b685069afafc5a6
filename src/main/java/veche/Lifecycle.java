package veche;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import veche.socket.ShutdownHook;
import veche.socket.container.TyrusBufferSize;

/** Starts the server with the web application, and stops it gracefully on undeployment or shutdown. */
@WebListener
public class Lifecycle implements ServletContextListener {
    @Inject
    private Wiring wiring;

    /** Needs no CDI, which Tomcat ends before it notifies this listener. */
    private Runnable stop = () -> {};

    @Override
    public void contextInitialized(ServletContextEvent event) {
        EagerClassLoading.of(event.getServletContext());
        stop = wiring.start();
        TyrusBufferSize.fit(event.getServletContext(), wiring.gateway().maxMessageBytes());
        ShutdownHook.prepare(event.getServletContext(), wiring.drain());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stop.run();
    }
}
