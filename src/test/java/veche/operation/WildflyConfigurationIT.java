package veche.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.testing.FreePort;
import veche.testing.RawClient;
import veche.testing.UnpackedServer;

/**
 * {@code server-config/wildfly}, installed as its README describes, with PostgreSQL set up by {@code
 * server-config/postgres}.
 */
@Tag("operation")
class WildflyConfigurationIT {
    private static final Path FILES = Path.of("server-config", "wildfly");
    private static final Path HOME = Path.of("target", "operation", "wildfly").toAbsolutePath();

    @Test
    void chatsOverTlsOnPostgresqlWritesItsAccessLogAndClosesWith1001() throws Exception {
        install();
        try (ConfiguredServer server = new ConfiguredServer(HOME)) {
            Map<String, String> environment = server.environment(FILES.resolve("veche.env"));
            environment.put("JBOSS_HOME", HOME.toString());
            environment.put("LAUNCH_JBOSS_IN_BACKGROUND", "1");
            server.start(
                    environment,
                    "sh",
                    HOME.resolve("bin/standalone.sh").toString(),
                    "-b",
                    "127.0.0.1",
                    "-Djboss.http.port=" + server.httpPort(),
                    "-Djboss.https.port=" + server.httpsPort(),
                    "-Djboss.management.http.port=" + FreePort.next());
            declinesCompression(server);
            isUnavailableWhileUndeployed(server);
            server.chatsOverTlsOnPostgresqlWritesItsAccessLogAndClosesWith1001(
                    () -> ConfiguredServer.read(HOME.resolve("standalone/log"), "access"));
        }
    }

    /** Undertow's inflater has no bound: Veche declines compression whatever the configuration allows. */
    private static void declinesCompression(ConfiguredServer server) throws Exception {
        try (RawClient client = server.connect("Sec-WebSocket-Extensions: permessage-deflate")) {
            assertFalse(client.response().contains("permessage-deflate"), client.response());
        }
    }

    /** Undeploys and deploys by the marker files of WildFly's deployment scanner. */
    private static void isUnavailableWhileUndeployed(ConfiguredServer server) throws Exception {
        Path deployments = HOME.resolve("standalone/deployments");
        Files.delete(deployments.resolve("ROOT.war.deployed"));
        server.awaitStatus(503);
        Files.createFile(deployments.resolve("ROOT.war.dodeploy"));
        server.awaitStatus(200);
    }

    /** The opposite of the setting in veche.cli. */
    private static void allowCompression(Path configuration) throws IOException {
        String set = Files.readString(configuration);
        String allowed = set.replace("per-message-deflate=\"false\"", "per-message-deflate=\"true\"");
        assertNotEquals(set, allowed);
        Files.writeString(configuration, allowed);
    }

    /** Step 2 of the README, on a copy of the unpacked WildFly that consists of links as far as nothing is changed. */
    private static void install() throws Exception {
        UnpackedServer.delete(HOME);
        Commands.linkWildfly(UnpackedServer.named("wildfly-"), HOME);
        Path work = Files.createDirectories(HOME.resolve("work"));
        Files.copy(FILES.resolve("veche.cli"), work.resolve("veche.cli"));
        Commands.extractJdbcDriver(work.resolve("postgresql.jar"));
        Path log = HOME.resolve("cli.log");
        ProcessBuilder cli = new ProcessBuilder(
                        "sh", HOME.resolve("bin/jboss-cli.sh").toString(), "--file=veche.cli")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        cli.environment().putAll(Commands.SHORT_LIVED);
        assertEquals(0, cli.start().waitFor(), () -> ConfiguredServer.read(HOME, "cli.log"));
        allowCompression(HOME.resolve("standalone/configuration/standalone.xml"));
        Files.copy(Commands.WAR, HOME.resolve("standalone/deployments/ROOT.war"));
    }
}
