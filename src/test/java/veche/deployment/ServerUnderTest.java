package veche.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import veche.testing.FreePort;
import veche.testing.UnpackedServer;

/**
 * Gives the server of this process its ports and folder, as system properties that {@code arquillian.xml} refers to:
 * a second one runs at the same time. Registered with JUnit as a service, and effective before Arquillian starts.
 */
public final class ServerUnderTest implements LauncherSessionListener {
    private static final Path CONFIGURATION = Path.of("src", "test", "tomcat");

    private static final String[] CONFIGURATION_FILES = {
        "server.xml", "tomcat-users.xml", "Catalina/localhost/manager.xml"
    };

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String server = System.getProperty("arquillian.launch");
        if (server == null || System.getProperty("server.base") != null) {
            return;
        }
        for (String port : List.of("server.port", "server.tls.port", "server.admin.port")) {
            System.setProperty(port, Integer.toString(FreePort.next()));
        }
        Path base = Path.of("target", "deployment", server + "-" + System.getProperty("fork"))
                .toAbsolutePath();
        System.setProperty("server.base", base.toString());
        layOut(server, base);
    }

    private static void layOut(String server, Path base) {
        Path home = Path.of(System.getProperty("server.home", ""));
        try {
            switch (server) {
                case "tomcat10", "tomcat11" ->
                    UnpackedServer.layOutTomcat(home, base, CONFIGURATION, CONFIGURATION_FILES);
                case "wildfly" -> UnpackedServer.layOutWildfly(home, base);
                default -> UnpackedServer.delete(base);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
