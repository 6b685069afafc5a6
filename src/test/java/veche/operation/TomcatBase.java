package veche.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Tomcat instance in its own folder, laid out as in step 2 of {@code server-config/tomcat/README.md}. */
final class TomcatBase {
    static final Path FILES = Path.of("server-config", "tomcat");

    private TomcatBase() {}

    static void install(Path home, Path base) throws IOException {
        Commands.delete(base);
        for (String folder : new String[] {"bin", "conf", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(base.resolve(folder));
        }
        for (String name : new String[] {"catalina.properties", "logging.properties", "web.xml"}) {
            Files.copy(home.resolve("conf").resolve(name), base.resolve("conf").resolve(name));
        }
        Files.copy(FILES.resolve("server.xml"), base.resolve("conf/server.xml"));
        Files.createDirectories(base.resolve("conf/Catalina/localhost"));
        Files.copy(FILES.resolve("Catalina/localhost/ROOT.xml"), base.resolve("conf/Catalina/localhost/ROOT.xml"));
        Files.copy(FILES.resolve("setenv.sh"), base.resolve("bin/setenv.sh"));
        Files.copy(Commands.WAR, base.resolve("veche.war"));
    }
}
