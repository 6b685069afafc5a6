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

/** {@code server-config/wildfly}, followed as its README says, with PostgreSQL made ready as {@code server-config/postgres} says. */
@Tag("operation")
class WildflyConfigurationIT {
    private static final Path FILES = Path.of("server-config", "wildfly");
    private static final Path HOME = Path.of("target", "operation", "wildfly").toAbsolutePath();

    @Test
    void chatsOverTlsOnPostgresqlIsLoggedAndSaysGoodbye() throws Exception {
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
                    "-Djboss.management.http.port=" + Commands.freePort());
            agreesOnNoCompression(server);
            isUnavailableWhileUndeployed(server);
            server.chatsOverTlsOnPostgresqlIsLoggedAndSaysGoodbye(
                    () -> ConfiguredServer.read(HOME.resolve("standalone/log"), "access"));
        }
    }

    /** Undertow's inflater has no bound, so Veche declines it whatever the configuration allows. */
    private static void agreesOnNoCompression(ConfiguredServer server) throws Exception {
        try (RawVisitor user = server.rawVisitor()) {
            assertEquals(101, user.knock("Sec-WebSocket-Extensions: permessage-deflate"));
            assertFalse(user.head().contains("permessage-deflate"), user.head());
        }
    }

    /** As WildFly's deployment scanner is told by marker files. */
    private static void isUnavailableWhileUndeployed(ConfiguredServer server) throws Exception {
        Path deployments = HOME.resolve("standalone/deployments");
        Files.delete(deployments.resolve("ROOT.war.deployed"));
        server.awaitStatus(503);
        Files.createFile(deployments.resolve("ROOT.war.dodeploy"));
        server.awaitStatus(200);
    }

    /** The contrary of what veche.cli sets. */
    private static void allowCompression(Path configuration) throws IOException {
        String set = Files.readString(configuration);
        String allowed = set.replace("per-message-deflate=\"false\"", "per-message-deflate=\"true\"");
        assertNotEquals(set, allowed);
        Files.writeString(configuration, allowed);
    }

    /** Step 2 of the README, with a WildFly that is linked to the unpacked one but for what is changed. */
    private static void install() throws Exception {
        Commands.delete(HOME);
        Commands.link(Commands.unpacked("wildfly-"), HOME);
        Path work = Files.createDirectories(HOME.resolve("work"));
        Files.copy(FILES.resolve("veche.cli"), work.resolve("veche.cli"));
        Commands.driver(work.resolve("postgresql.jar"));
        Path log = HOME.resolve("cli.log");
        Process cli = new ProcessBuilder("sh", HOME.resolve("bin/jboss-cli.sh").toString(), "--file=veche.cli")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertEquals(0, cli.waitFor(), () -> ConfiguredServer.read(HOME, "cli.log"));
        allowCompression(HOME.resolve("standalone/configuration/standalone.xml"));
        Files.copy(Commands.WAR, HOME.resolve("standalone/deployments/ROOT.war"));
    }
}
