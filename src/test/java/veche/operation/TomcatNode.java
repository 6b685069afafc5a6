package veche.operation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import veche.testing.FreePort;
import veche.testing.MetricsClient;
import veche.testing.UnpackedServer;

/**
 * A node behind a proxy: Veche on Tomcat, configured by {@code server-config/tomcat}, by default with its log in
 * memory.
 */
final class TomcatNode {
    private static final Duration START = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = FreePort.next();
    private final Path home;
    private final Path base;
    private final Map<String, String> environment = new HashMap<>();
    private Process process;

    /** What is added to the folder of the server before its start. */
    @FunctionalInterface
    interface Preparation {
        void of(Path base) throws IOException;
    }

    /** @param settings additional settings, as environment variables */
    static TomcatNode start(String name, Map<String, String> settings) {
        return start(name, settings, base -> {});
    }

    static TomcatNode start(String name, Map<String, String> settings, Preparation preparation) {
        try {
            return new TomcatNode(name, settings, preparation);
        } catch (Exception e) {
            throw new IllegalStateException("Tomcat does not start", e);
        }
    }

    private TomcatNode(String name, Map<String, String> settings, Preparation preparation) throws Exception {
        base = Path.of("target", "operation", System.getProperty("fork", "fork-1"), name)
                .toAbsolutePath();
        home = UnpackedServer.named("apache-tomcat-10.");
        TomcatBase.install(home, base);
        preparation.of(base);
        environment.put("CATALINA_HOME", home.toString());
        environment.put("CATALINA_BASE", base.toString());
        environment.put(
                "VECHE_KEYSTORE",
                Certificate.make(base.resolve("veche.p12")).keystore().toString());
        environment.put("VECHE_KEYSTORE_PASSWORD", Certificate.PASSWORD);
        environment.put("VECHE_HTTPS_ADDRESS", "127.0.0.1");
        environment.put("VECHE_HTTPS_PORT", Integer.toString(FreePort.next()));
        environment.put("VECHE_HTTP_PORT", Integer.toString(port));
        environment.put("VECHE_JVM", "-Xmx256m -XX:TieredStopAtLevel=1");
        environment.put("VECHE_LOG", "memory");
        environment.put("VECHE_METRICS_TOKEN", MetricsClient.TOKEN);
        environment.putAll(settings);
        launch();
    }

    private void launch() throws IOException {
        process = Commands.start(
                base.resolve("out.log"),
                environment,
                "sh",
                home.resolve("bin/catalina.sh").toString(),
                "run");
        await("Tomcat starts, log in " + base)
                .atMost(START)
                .failFast("The process has ended, see " + base, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> get("health/ready").statusCode() == 200);
    }

    /** As {@code kill -9}: the script has become the server. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again after {@link #kill}. */
    void restart() throws IOException {
        launch();
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/" + path);
        return http.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The number of connections, from its metrics. */
    int connections() throws IOException {
        return MetricsClient.connections(URI.create("http://127.0.0.1:" + port + "/metrics"));
    }

    String metrics() throws IOException {
        return MetricsClient.scrape(URI.create("http://127.0.0.1:" + port + "/metrics"));
    }

    /** The answer of its readiness check. */
    String health() throws IOException, InterruptedException {
        return get("health/ready").body();
    }

    String log() throws IOException {
        return Files.readString(base.resolve("out.log"));
    }
}
