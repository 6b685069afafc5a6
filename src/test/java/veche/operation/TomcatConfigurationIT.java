package veche.operation;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.UnpackedServer;

/**
 * {@code server-config/tomcat}, installed as its README describes, with PostgreSQL set up by {@code
 * server-config/postgres}.
 */
@Tag("operation")
class TomcatConfigurationIT {
    private static final Path BASE = Path.of("target", "operation", "tomcat").toAbsolutePath();

    @Test
    void chatsOverTlsOnPostgresqlWritesItsAccessLogAndClosesWith1001() throws Exception {
        Path home = UnpackedServer.named("apache-tomcat-10.");
        TomcatBase.install(home, BASE);
        try (ConfiguredServer server = new ConfiguredServer(BASE)) {
            Map<String, String> environment = server.environment(TomcatBase.FILES.resolve("veche.env"));
            environment.put("VECHE_HTTPS_ADDRESS", "127.0.0.1");
            environment.put("CATALINA_HOME", home.toString());
            environment.put("CATALINA_BASE", BASE.toString());
            server.start(environment, "sh", home.resolve("bin/catalina.sh").toString(), "run");
            server.chatsOverTlsOnPostgresqlWritesItsAccessLogAndClosesWith1001(
                    () -> ConfiguredServer.read(BASE.resolve("logs"), "access"));
        }
    }
}
