package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import veche.Scrape;

/** Payara Server 6, by {@code asadmin} as {@code server-config/payara/README.md} has it, with the WAR as it is. */
@Tag("operation")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayaraServerIT {
    private static final Path DOMAINS =
            Path.of("target", "operation", "payara-server").toAbsolutePath();
    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** What asadmin adds to the port base: HTTP and administration. */
    private static final int HTTP = 80;

    private static final int ADMIN = 48;

    private final HttpClient http = HttpClient.newHttpClient();
    private int base;
    private Process server;

    private static String asadmin() throws IOException {
        return Commands.unpacked("payara6").resolve("bin/asadmin").toString();
    }

    private void tell(String... command) throws IOException, InterruptedException {
        String[] whole = new String[command.length + 4];
        System.arraycopy(new String[] {"sh", asadmin(), "--port", Integer.toString(base + ADMIN)}, 0, whole, 0, 4);
        System.arraycopy(command, 0, whole, 4, command.length);
        Commands.run(whole);
    }

    @BeforeAll
    void start() throws Exception {
        Commands.delete(DOMAINS);
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
                Map.of("VECHE_LOG", "memory", "VECHE_SHUTDOWN_SPREAD", "1s", "VECHE_METRICS_TOKEN", Scrape.TOKEN),
                "sh",
                asadmin(),
                "start-domain",
                "--verbose",
                "--domaindir",
                DOMAINS.toString(),
                "veche");
        await("Payara Server, log in " + DOMAINS)
                .atMost(START)
                .failFast("It ended by itself, see " + DOMAINS, () -> !server.isAlive())
                .ignoreExceptions()
                .until(() -> get("") == 200);
        // Payara keeps its lines back for five minutes where nobody says otherwise.
        tell("set", "configs.config.server-config.http-service.access-log.write-interval-seconds=1");
        tell("set", "configs.config.server-config.http-service.access-logging-enabled=true");
        tell(
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

    /** What no test may do: listen to the network. */
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

    /** A hundred free ports, as far as those that matter go. */
    private static int freeBase() {
        return IntStream.generate(
                        () -> 20_000 + 100 * ThreadLocalRandom.current().nextInt(100))
                .limit(100)
                .filter(base -> IntStream.of(HTTP, ADMIN, 81, 76, 37, 38, 39, 86, 66, 49)
                        .allMatch(offset -> free(base + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (base + HTTP) + "/" + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int get(String path) throws IOException, InterruptedException {
        return ask(path).statusCode();
    }

    private URI chat(String query) {
        return URI.create("ws://127.0.0.1:" + (base + HTTP) + "/chat" + query);
    }

    private int refusal(String query, String name, String value) {
        try {
            http.newWebSocketBuilder()
                    .header(name, value)
                    .buildAsync(chat(query), new java.net.http.WebSocket.Listener() {})
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    @Test
    void theWarRunsAsItIsAndIsRedeployedWithAGoodbye() throws Exception {
        assertEquals(200, get("health/live"));
        assertEquals(200, get("health/ready"));
        assertEquals(403, refusal("", "Origin", "https://evil.example"));
        assertEquals(101, refusal("", "Origin", "http://127.0.0.1:" + (base + HTTP)));
        assertEquals(400, refusal("?room=Lobby", "x-mark", "1"));

        Visitor ann = new Visitor(http, chat("?room=square"));
        Visitor bob = new Visitor(http, chat("?room=square"));
        bob.say("On Payara Server");
        ann.awaitHearing("On Payara Server");
        bob.awaitHearing("On Payara Server");
        assertEquals(401, get("metrics/"));
        String metrics = Scrape.of(URI.create("http://127.0.0.1:" + (base + HTTP) + "/metrics"));
        assertTrue(metrics.contains("veche_transport{transport=\"GrizzlyTransport\"} 1.0"), metrics);
        assertTrue(metrics.contains("veche_transport{transport=\"StandardTransport\"} 0.0"), metrics);

        tell("redeploy", "--name", "veche", Commands.WAR.toAbsolutePath().toString());

        await().atMost(PATIENCE).until(() -> ann.closeCode() != 0 && bob.closeCode() != 0);
        assertEquals(1001, ann.closeCode());
        assertTrue(ann.closeReason().endsWith("within 1000 ms"), ann::closeReason);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> get("health/ready") == 200);
        Visitor again = new Visitor(http, chat("?room=square"));
        again.say("Here again");
        again.awaitHearing("Here again");
        Path logs = DOMAINS.resolve("veche/logs");
        assertTrue(Files.readString(logs.resolve("server.log")).contains("closed connection="));
        await().atMost(PATIENCE)
                .until(() -> ConfiguredServer.read(logs.resolve("access"), "server_access_log")
                        .contains("/chat?room=square"));
    }
}
