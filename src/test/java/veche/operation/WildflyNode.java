package veche.operation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import veche.testing.FreePort;
import veche.testing.MetricsClient;
import veche.testing.UnpackedServer;

/** A node on WildFly with its own copy of the folder {@code standalone}, at the path {@code /veche}. */
final class WildflyNode {
    private static final Duration START = Duration.ofMinutes(3);

    private final int port = FreePort.next();

    /**
     * Ends with this process.
     *
     * @param settings as environment variables
     */
    static WildflyNode start(Map<String, String> settings) {
        try {
            return new WildflyNode(settings);
        } catch (IOException e) {
            throw new IllegalStateException("WildFly does not start", e);
        }
    }

    private WildflyNode(Map<String, String> settings) throws IOException {
        Path home = UnpackedServer.named("wildfly-");
        Path base = Path.of("target", "operation", System.getProperty("fork", "fork-1"), "wildfly-node")
                .toAbsolutePath();
        UnpackedServer.layOutWildfly(home, base);
        Files.copy(Commands.WAR, base.resolve("deployments/veche.war"));
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("JBOSS_HOME", home.toString());
        environment.put("JAVA_OPTS", "-Xmx384m -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true");
        environment.put("VECHE_METRICS_TOKEN", MetricsClient.TOKEN);
        Process process = Commands.start(
                base.resolve("out.log"),
                environment,
                "sh",
                home.resolve("bin/standalone.sh").toString(),
                "-b",
                "127.0.0.1",
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + FreePort.next(),
                "-Djboss.management.http.port=" + FreePort.next());
        try {
            await("WildFly starts, log in " + base)
                    .atMost(START)
                    .failFast("The process has ended", () -> !process.isAlive())
                    .ignoreExceptions()
                    .until(this::isReady);
        } finally {
            // The server is a child of the script, and would outlive it.
            process.descendants().forEach(WildflyNode::endWithThisProcess);
        }
    }

    private static void endWithThisProcess(ProcessHandle server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    }

    private boolean isReady() throws IOException {
        URI ready = URI.create("http://" + address() + "/health/ready");
        return ((HttpURLConnection) ready.toURL().openConnection()).getResponseCode() == 200;
    }

    String address() {
        return "127.0.0.1:" + port + "/veche";
    }
}
