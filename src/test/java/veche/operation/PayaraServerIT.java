package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import veche.testing.FreePort;
import veche.testing.MetricsClient;
import veche.testing.RawHandshake;
import veche.testing.TextClient;
import veche.testing.UnpackedServer;

/**
 * The unmodified WAR on Payara Server 6, administered by {@code asadmin} as in {@code server-config/payara/README.md}.
 */
@Tag("operation")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayaraServerIT {
    private static final Path DOMAINS =
            Path.of("target", "operation", "payara-server").toAbsolutePath();
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** The offsets that asadmin adds to the port base: HTTP and administration. */
    private static final int HTTP = 80;

    private static final int ADMIN = 48;

    private final HttpClient http = HttpClient.newHttpClient();
    private int base;
    private Process server;

    private static String asadmin() throws IOException {
        return UnpackedServer.named("payara6").resolve("bin/asadmin").toString();
    }

    private void administer(String... command) throws IOException, InterruptedException {
        String[] whole = new String[command.length + 4];
        System.arraycopy(new String[] {"sh", asadmin(), "--port", Integer.toString(base + ADMIN)}, 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        Commands.run(whole);
    }

    @BeforeAll
    void start() throws Exception {
        UnpackedServer.delete(DOMAINS);
        base = freeBase();
        Commands.run(
                "sh",
                asadmin(),
                "create-domain",
                "--domaindir",
                DOMAINS.toString(),
                "--nopassword",
                "--portbase",
                Integer.toString(base),
                "veche");
        loopbackOnly(DOMAINS.resolve("veche/config/domain.xml"));
        server = Commands.start(
                DOMAINS.resolve("out.log"),
                Map.of(
                        "VECHE_LOG",
                        "memory",
                        "VECHE_SHUTDOWN_SPREAD",
                        "1s",
                        "VECHE_METRICS_TOKEN",
                        MetricsClient.TOKEN),
                "sh",
                asadmin(),
                "start-domain",
                "--verbose",
                "--domaindir",
                DOMAINS.toString(),
                "veche");
        await("Payara Server starts, log in " + DOMAINS)
                .atMost(START)
                .failFast("The process has ended, see " + DOMAINS, () -> !server.isAlive())
                .ignoreExceptions()
                .until(() -> get("") == 200);
        // By default, Payara writes the log's buffered lines every five minutes.
        administer(
                "set",
                "configs.config.server-config.http-service.access-log.write-interval-seconds=1",
                "configs.config.server-config.http-service.access-log.format=%client.name% %datetime% %http-method%"
                        + " %http-uri% %http-version% %status% %response.length%",
                "configs.config.server-config.http-service.access-logging-enabled=true");
        administer(
                "deploy",
                "--contextroot",
                "/",
                "--name",
                "veche",
                Commands.WAR.toAbsolutePath().toString());
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly().onExit().join();
        }
    }

    /** Tests must not listen on the network. */
    private static void loopbackOnly(Path configuration) throws IOException {
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
                        .replace("0.0.0.0", "127.0.0.1")
                        .replace(
                                "<hazelcast-config-specific-configuration>",
                                "<hazelcast-config-specific-configuration" + " enabled=\"false\">"));
    }

    /** A port base whose ports, as far as Payara uses them, are free. */
    private static int freeBase() {
        return IntStream.generate(
                        () -> 20_000 + 100 * ThreadLocalRandom.current().nextInt(100))
                .limit(100)
                .filter(base -> IntStream.of(HTTP, ADMIN, 81, 76, 37, 38, 39, 86, 66, 49)
                        .allMatch(offset -> FreePort.isFree(base + offset)))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> request(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (base + HTTP) + "/" + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int get(String path) throws IOException, InterruptedException {
        return request(path).statusCode();
    }

    private URI chat(String query) {
        return URI.create("ws://127.0.0.1:" + (base + HTTP) + "/chat" + query);
    }

    private int handshake(String query, String name, String value) {
        return RawHandshake.of(chat(query)).with(name, value).status();
    }

    @Test
    void theUnmodifiedWarRunsAndARedeploymentClosesConnectionsWith1001() throws Exception {
        assertEquals(200, get("health/live"));
        assertEquals(200, get("health/ready"));
        assertEquals(403, handshake("", "Origin", "https://evil.example"));
        assertEquals(101, handshake("", "Origin", "http://127.0.0.1:" + (base + HTTP)));
        assertEquals(400, handshake("?room=Lobby", "x-mark", "1"));

        TextClient ann = new TextClient(chat("?room=square"));
        TextClient bob = new TextClient(chat("?room=square"));
        bob.send("On Payara Server");
        ann.awaitText("On Payara Server");
        bob.awaitText("On Payara Server");
        assertEquals(401, get("metrics/"));
        String metrics = MetricsClient.scrape(URI.create("http://127.0.0.1:" + (base + HTTP) + "/metrics"));
        assertTrue(metrics.contains("veche_transport{transport=\"GrizzlyTransport\"} 1.0"), metrics);
        assertTrue(metrics.contains("veche_transport{transport=\"StandardTransport\"} 0.0"), metrics);

        administer("redeploy", "--name", "veche", Commands.WAR.toAbsolutePath().toString());

        TextClient.Closed closed = ann.awaitClosed(PATIENCE);
        assertEquals(1001, closed.code());
        assertTrue(closed.reason().endsWith("within 1000 ms"), closed::reason);
        bob.awaitClosed(PATIENCE);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get("health/ready") == 200);
        TextClient again = new TextClient(chat("?room=square"));
        again.send("Hello again");
        again.awaitText("Hello again");
        Path logs = DOMAINS.resolve("veche/logs");
        assertTrue(Files.readString(logs.resolve("server.log")).contains("closed connection="));
        await().atMost(PATIENCE)
                .until(() -> ConfiguredServer.read(logs.resolve("access"), "server_access_log")
                        .contains("/chat"));
    }
}
