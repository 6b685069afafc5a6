package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import veche.testing.FreePort;
import veche.testing.MetricsClient;
import veche.testing.RawClient;
import veche.testing.RawHandshake;
import veche.testing.TextClient;

/** A server configured by {@code server-config} alone, in its own process, with its database and certificate. */
final class ConfiguredServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final int STOP_SECONDS = 30;

    private final Path home;
    private final int httpsPort = FreePort.next();
    private final int httpPort = FreePort.next();
    private final Certificate certificate;
    private final HttpClient client;
    private final Database database;
    private Process process;

    ConfiguredServer(Path home) throws Exception {
        this.home = home;
        this.certificate = Certificate.make(home.resolve("veche.p12"));
        this.client = certificate.client();
        this.database = new Database();
    }

    int httpsPort() {
        return httpsPort;
    }

    int httpPort() {
        return httpPort;
    }

    /** The variables of the folder's veche.env; only secrets, ports and addresses are replaced. */
    Map<String, String> environment(Path file) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        environment.put("VECHE_KEYSTORE", certificate.keystore().toString());
        environment.put("VECHE_KEYSTORE_PASSWORD", Certificate.PASSWORD);
        environment.replace("VECHE_DB_URL", database.url());
        environment.replace("VECHE_DB_PORT", Integer.toString(database.port()));
        environment.put("VECHE_DB_PASSWORD", Database.PASSWORD);
        environment.put("VECHE_HTTPS_PORT", Integer.toString(httpsPort));
        environment.put("VECHE_HTTP_PORT", Integer.toString(httpPort));
        environment.put("VECHE_JVM", "-Xmx384m -XX:TieredStopAtLevel=1");
        environment.put("VECHE_LAB", "false");
        environment.put("VECHE_METRICS_TOKEN", MetricsClient.TOKEN);
        return environment;
    }

    /** Starts it and waits until it is ready. */
    void start(Map<String, String> environment, String... command) throws IOException {
        Path log = home.resolve("out.log");
        process = Commands.start(log, environment, command);
        await("the server starts, log in " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .failFast("The process has ended, see " + log, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> status("https://127.0.0.1:" + httpsPort + "/health/ready") == 200);
    }

    /** Opens a WebSocket connection with these additional header lines. */
    RawClient connect(String... headers) throws Exception {
        RawClient client = RawClient.overTls(certificate.context(), "127.0.0.1", httpsPort);
        RawHandshake handshake = RawHandshake.of(chat()).with("Host", "ws.site.com");
        assertEquals(101, client.handshake(handshake.withLines(headers)));
        return client;
    }

    private URI chat() {
        return URI.create("wss://127.0.0.1:" + httpsPort + "/chat?room=square");
    }

    /** Waits until the page is answered with that status. */
    void awaitStatus(int expected) {
        await().atMost(START)
                .ignoreExceptions()
                .until(() -> status("https://127.0.0.1:" + httpsPort + "/") == expected);
    }

    private int status(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Over HTTP/1.1: Payara compresses nothing over HTTP/2. */
    private String encoding(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + httpsPort + path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
        assertEquals(200, answer.statusCode(), path);
        return answer.headers().firstValue("Content-Encoding").orElse("none");
    }

    /** Messages are exchanged over TLS and stored, settings are in effect, and a stop closes connections with 1001. */
    void chatsOverTlsOnPostgresqlWritesItsAccessLogAndClosesWith1001(Supplier<String> accessLog) throws Exception {
        TextClient ann = new TextClient(client, chat());
        TextClient bob = new TextClient(client, chat());
        bob.send("Through TLS, into PostgreSQL");
        ann.awaitText("Through TLS, into PostgreSQL");
        assertEquals(1, database.messages("Through TLS, into PostgreSQL"));
        closesOnAnUnmaskedFrame();
        acceptsACookieOutsideAscii();
        URI withToken = URI.create("http://127.0.0.1:" + httpPort + "/chat?access_token=not-to-be-logged");
        assertEquals(400, RawHandshake.of(withToken).status());
        URI metrics = URI.create("http://127.0.0.1:" + httpPort + "/metrics");
        assertEquals(401, status(metrics.toString()));
        assertTrue(MetricsClient.scrape(metrics).contains("veche_connections 2.0"));
        assertEquals("gzip", encoding("/"));
        assertEquals("gzip", encoding("/js/chat.js"));
        assertEquals("none", encoding("/health/ready"));
        for (String lab : List.of("/lab", "/lab.html", "/lab/socket")) {
            assertEquals(404, status("https://127.0.0.1:" + httpsPort + lab), lab);
        }

        process.destroy();

        TextClient.Closed closed = ann.awaitClosed();
        assertEquals(1001, closed.code());
        assertTrue(closed.reason().contains("reconnect within"), closed.reason());
        bob.awaitClosed();
        assertTrue(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS), "The process has not ended");
        assertTrue(accessLog.get().contains("/health/ready"), accessLog);
        assertFalse(accessLog.get().contains("not-to-be-logged"), accessLog);
        assertFalse(Files.readString(home.resolve("out.log")).contains("not-to-be-logged"));
    }

    /** RFC 6455 §5.1: the close frame carries 1002. */
    private void closesOnAnUnmaskedFrame() throws Exception {
        try (RawClient unmasked = connect()) {
            unmasked.write("\u0081\u0001x");
            unmasked.awaitBytes("\u0003\u00ea");
        }
    }

    /**
     * Browsers send the cookies of a neighbouring site as they were set, such as in UTF-8 (RFC 9110 §5.5: obs-text).
     */
    private void acceptsACookieOutsideAscii() throws Exception {
        String cookie = new String("Cookie: name=Жора".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        connect(cookie).close();
    }

    /** The text of all files in a folder whose names start with that prefix. */
    static String read(Path folder, String prefix) {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList()) {
                text.append(Files.readString(file));
            }
        } catch (IOException e) {
            text.append(e);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
        database.close();
    }
}
