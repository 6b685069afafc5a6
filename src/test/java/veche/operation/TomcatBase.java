package veche.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import veche.testing.UnpackedServer;

/** A Tomcat instance in its own folder, laid out as in step 2 of {@code server-config/tomcat/README.md}. */
final class TomcatBase {
    static final Path FILES = Path.of("server-config", "tomcat");

    private TomcatBase() {}

    static void install(Path home, Path base) throws IOException {
        UnpackedServer.layOutTomcat(home, base, FILES, "server.xml", "Catalina/localhost/ROOT.xml");
        Files.copy(FILES.resolve("setenv.sh"), base.resolve("bin/setenv.sh"));
        Files.copy(Commands.WAR, base.resolve("veche.war"));
    }
}
