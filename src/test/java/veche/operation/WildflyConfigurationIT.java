package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code server-config/wildfly}, followed as its README says, with PostgreSQL made ready as {@code server-config/postgres} says. */
class WildflyConfigurationIT {
    private static final Path FILES = Path.of("server-config", "wildfly");
    private static final Path WAR = Path.of("target", "veche.war");
    private static final Path HOME = Path.of("target", "operation", "wildfly").toAbsolutePath();

    private static Database database;
    private static HttpClient client;
    private static Process server;
    private static int httpsPort;
    private static int httpPort;

    @BeforeAll
    static void start() throws Exception {
        Commands.delete(HOME);
        install();
        Certificate certificate = Certificate.make(HOME.resolve("veche.p12"));
        client = certificate.client();
        database = new Database();
        httpsPort = Commands.freePort();
        httpPort = Commands.freePort();
        server = Commands.start(
                HOME.resolve("out.log"),
                environment(certificate),
                "sh",
                HOME.resolve("bin/standalone.sh").toString(),
                "-b",
                "127.0.0.1",
                "-Djboss.http.port=" + httpPort,
                "-Djboss.https.port=" + httpsPort,
                "-Djboss.management.http.port=" + Commands.freePort());
        await("WildFly, log in " + HOME.resolve("out.log"))
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .failFast("WildFly ended by itself", () -> !server.isAlive())
                .ignoreExceptions()
                .until(() -> status("https://127.0.0.1:" + httpsPort + "/health/ready") == 200);
    }

    /** Steps 2 of the README, with a WildFly that is linked to the unpacked one but for what is changed. */
    private static void install() throws IOException, InterruptedException {
        Commands.link(wildfly(), HOME);
        Path work = HOME.resolve("work");
        Files.createDirectories(work);
        Files.copy(FILES.resolve("veche.cli"), work.resolve("veche.cli"));
        driver(work.resolve("postgresql.jar"));
        Process cli = new ProcessBuilder("sh", HOME.resolve("bin/jboss-cli.sh").toString(), "--file=veche.cli")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("cli.log").toFile())
                .start();
        assertEquals(0, cli.waitFor(), () -> read(HOME.resolve("cli.log")));
        Commands.copy(WAR, HOME.resolve("standalone/deployments/ROOT.war"));
    }

    private static void driver(Path to) throws IOException {
        try (ZipFile war = new ZipFile(WAR.toFile())) {
            ZipEntry jar = war.stream()
                    .filter(entry -> entry.getName().startsWith("WEB-INF/lib/postgresql-"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = war.getInputStream(jar)) {
                Files.copy(in, to);
            }
        }
    }

    private static Path wildfly() throws IOException {
        try (Stream<Path> servers = Files.list(Path.of("target", "servers"))) {
            return servers.filter(path -> path.getFileName().toString().startsWith("wildfly-"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    /** What veche.env tells, with this test's values; all else stays as in the file. */
    private static Map<String, String> environment(Certificate certificate) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(FILES.resolve("veche.env"))) {
            if (!line.startsWith("#")) {
                environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        environment.put("VECHE_KEYSTORE", certificate.keystore().toString());
        environment.put("VECHE_KEYSTORE_PASSWORD", Certificate.PASSWORD);
        environment.put("VECHE_DB_URL", database.url());
        environment.put("VECHE_DB_PASSWORD", Database.PASSWORD);
        environment.put("JBOSS_HOME", HOME.toString());
        environment.put("LAUNCH_JBOSS_IN_BACKGROUND", "1");
        return environment;
    }

    private static int status(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(Duration.ofSeconds(5))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly().waitFor();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void chatsOverTlsOnPostgresqlIsLoggedAndSaysGoodbye() throws Exception {
        URI endpoint = URI.create("wss://127.0.0.1:" + httpsPort + "/chat?room=square");
        Visitor ann = new Visitor(client, endpoint);
        Visitor bob = new Visitor(client, endpoint);
        bob.say("Through TLS, into PostgreSQL");
        ann.awaitHearing("Through TLS, into PostgreSQL");
        assertEquals(1, database.messages("Through TLS, into PostgreSQL"));
        assertEquals(200, status("http://127.0.0.1:" + httpPort + "/metrics"));
        Path access = HOME.resolve("standalone/log/access.log");
        await().untilAsserted(() -> assertTrue(read(access).contains("/health/ready"), read(access)));

        server.destroy();

        await().atMost(Duration.ofSeconds(20)).until(() -> ann.closeCode() != 0 && bob.closeCode() != 0);
        assertEquals(1001, ann.closeCode());
        assertTrue(ann.closeReason().contains("reconnect within"), ann.closeReason());
        assertTrue(server.waitFor(30, TimeUnit.SECONDS), "WildFly has not stopped");
        assertTrue(read(access).contains("GET /chat"), read(access));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
