package veche.operation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code server-config/tomcat}, followed as its README says, with PostgreSQL made ready as {@code server-config/postgres} says. */
class TomcatConfigurationIT {
    private static final Path FILES = Path.of("server-config", "tomcat");
    private static final Path BASE = Path.of("target", "operation", "tomcat").toAbsolutePath();

    @Test
    void chatsOverTlsOnPostgresqlIsLoggedAndSaysGoodbye() throws Exception {
        Path home = Commands.unpacked("apache-tomcat-10.");
        install(home);
        try (ConfiguredServer server = new ConfiguredServer(BASE)) {
            Map<String, String> environment = server.environment(FILES.resolve("veche.env"));
            environment.put("VECHE_HTTPS_ADDRESS", "127.0.0.1");
            environment.put("CATALINA_HOME", home.toString());
            environment.put("CATALINA_BASE", BASE.toString());
            server.start(environment, "sh", home.resolve("bin/catalina.sh").toString(), "run");
            server.chatsOverTlsOnPostgresqlIsLoggedAndSaysGoodbye(
                    () -> ConfiguredServer.read(BASE.resolve("logs"), "access"));
        }
    }

    /** Step 2 of the README. */
    private static void install(Path home) throws Exception {
        Commands.delete(BASE);
        for (String folder : new String[] {"bin", "conf", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(BASE.resolve(folder));
        }
        for (String name : new String[] {"catalina.properties", "logging.properties", "web.xml"}) {
            Files.copy(home.resolve("conf").resolve(name), BASE.resolve("conf").resolve(name));
        }
        Files.copy(FILES.resolve("server.xml"), BASE.resolve("conf/server.xml"));
        Files.createDirectories(BASE.resolve("conf/Catalina/localhost"));
        Files.copy(FILES.resolve("Catalina/localhost/ROOT.xml"), BASE.resolve("conf/Catalina/localhost/ROOT.xml"));
        Files.copy(FILES.resolve("setenv.sh"), BASE.resolve("bin/setenv.sh"));
        Files.copy(Commands.WAR, BASE.resolve("veche.war"));
    }
}
