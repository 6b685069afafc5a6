package veche.operation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.UnpackedServer;

/**
 * {@code server-config/payara}, installed as its README describes, with PostgreSQL set up by {@code
 * server-config/postgres}.
 */
@Tag("operation")
class PayaraConfigurationIT {
    private static final Path FILES = Path.of("server-config", "payara");
    private static final Path HOME = Path.of("target", "operation", "payara").toAbsolutePath();

    @Test
    void chatsOverTlsOnPostgresqlWritesItsAccessLogAndClosesWith1001() throws Exception {
        install();
        try (ConfiguredServer server = new ConfiguredServer(HOME)) {
            Map<String, String> environment = server.environment(FILES.resolve("veche.env"));
            server.start(environment, "sh", HOME.resolve("veche").toString());
            server.chatsOverTlsOnPostgresqlWritesItsAccessLogAndClosesWith1001(
                    () -> ConfiguredServer.read(HOME.resolve("access"), "server_access_log"));
        }
    }

    /** Step 2 of the README. */
    private static void install() throws Exception {
        UnpackedServer.delete(HOME);
        Files.createDirectories(HOME);
        Files.createLink(
                HOME.resolve("payara-micro.jar"),
                Path.of("target", "servers", "payara-micro.jar").toAbsolutePath());
        Files.copy(Commands.WAR, HOME.resolve("veche.war"));
        for (String name : new String[] {"veche", "preboot.txt", "postboot.txt"}) {
            Files.copy(FILES.resolve(name), HOME.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Commands.extractJdbcDriver(HOME.resolve("postgresql.jar"));
    }
}
