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
final class WildflyNode implements XaServer {
    private static final Duration START = Duration.ofMinutes(3);

    private final int port = FreePort.next();
    private final Path home;
    private final Path base;
    private final Map<String, String> environment;
    private Process process;

    /** What is added to the folder of the server before its start. */
    @FunctionalInterface
    interface Preparation {
        void of(Path base) throws IOException;
    }

    /**
     * Ends with this process.
     *
     * @param settings as environment variables
     */
    static WildflyNode start(Map<String, String> settings) {
        return start("wildfly-node", settings, "", base -> {});
    }

    /** @param options of the JVM */
    static WildflyNode start(String name, Map<String, String> settings, String options, Preparation preparation) {
        try {
            return new WildflyNode(name, settings, options, preparation);
        } catch (IOException e) {
            throw new IllegalStateException("WildFly does not start", e);
        }
    }

    private WildflyNode(String name, Map<String, String> settings, String options, Preparation preparation)
            throws IOException {
        home = UnpackedServer.named("wildfly-");
        base = Path.of("target", "operation", System.getProperty("fork", "fork-1"), name)
                .toAbsolutePath();
        UnpackedServer.layOutWildfly(home, base);
        Files.copy(Commands.WAR, base.resolve("deployments/veche.war"));
        preparation.of(base);
        environment = new HashMap<>(settings);
        environment.put("JBOSS_HOME", home.toString());
        environment.put("JAVA_OPTS", "-Xmx384m -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true " + options);
        environment.put("VECHE_METRICS_TOKEN", MetricsClient.TOKEN);
        launch();
    }

    private void launch() throws IOException {
        process = Commands.start(
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

    @Override
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void restart() throws IOException {
        process.onExit().join();
        launch();
    }

    private static void endWithThisProcess(ProcessHandle server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    }

    private boolean isReady() throws IOException {
        URI ready = URI.create("http://" + address() + "/health/ready");
        return ((HttpURLConnection) ready.toURL().openConnection()).getResponseCode() == 200;
    }

    String address() {
        return host() + "/veche";
    }

    @Override
    public String host() {
        return "127.0.0.1:" + port;
    }
}
