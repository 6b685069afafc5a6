package veche;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Starts with the web application, and stops with grace when it goes. */
@WebListener
public class Lifecycle implements ServletContextListener {
    @Inject
    private Wiring wiring;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        wiring.start();
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        wiring.stop();
    }
}
