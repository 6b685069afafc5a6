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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code server-config/tomcat}, followed as its README says, with PostgreSQL made ready as {@code server-config/postgres} says. */
class TomcatConfigurationIT {
    private static final Path FILES = Path.of("server-config", "tomcat");
    private static final Path BASE = Path.of("target", "operation", "tomcat").toAbsolutePath();

    private static Database database;
    private static HttpClient client;
    private static Process server;
    private static int httpsPort;
    private static int httpPort;

    @BeforeAll
    static void start() throws Exception {
        Path home = tomcat();
        Commands.delete(BASE);
        for (String folder : new String[] {"bin", "conf", "logs", "temp", "webapps", "work"}) {
            Files.createDirectories(BASE.resolve(folder));
        }
        for (String name : new String[] {"catalina.properties", "logging.properties", "web.xml"}) {
            Commands.copy(
                    home.resolve("conf").resolve(name), BASE.resolve("conf").resolve(name));
        }
        Commands.copy(FILES.resolve("server.xml"), BASE.resolve("conf/server.xml"));
        Commands.copy(FILES.resolve("Catalina"), BASE.resolve("conf/Catalina"));
        Commands.copy(FILES.resolve("setenv.sh"), BASE.resolve("bin/setenv.sh"));
        Commands.copy(Path.of("target", "veche.war"), BASE.resolve("veche.war"));
        Certificate certificate = Certificate.make(BASE.resolve("veche.p12"));
        client = certificate.client();
        database = new Database();
        httpsPort = Commands.freePort();
        httpPort = Commands.freePort();
        server = Commands.start(
                BASE.resolve("logs/out.log"),
                environment(home, certificate),
                "sh",
                home.resolve("bin/catalina.sh").toString(),
                "run");
        await("Tomcat, log in " + BASE.resolve("logs"))
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .failFast("Tomcat ended by itself", () -> !server.isAlive())
                .ignoreExceptions()
                .until(() -> status("https://127.0.0.1:" + httpsPort + "/health/ready") == 200);
    }

    private static Path tomcat() throws IOException {
        try (Stream<Path> servers = Files.list(Path.of("target", "servers"))) {
            return servers.filter(path -> path.getFileName().toString().startsWith("apache-tomcat-10."))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    /** What veche.env tells, with this test's values; all else stays as in the file. */
    private static Map<String, String> environment(Path home, Certificate certificate) throws IOException {
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
        environment.put("VECHE_HTTPS_PORT", Integer.toString(httpsPort));
        environment.put("VECHE_HTTPS_ADDRESS", "127.0.0.1");
        environment.put("VECHE_HTTP_PORT", Integer.toString(httpPort));
        environment.put("VECHE_JVM", "-Xmx384m");
        environment.put("CATALINA_HOME", home.toString());
        environment.put("CATALINA_BASE", BASE.toString());
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
        await().untilAsserted(() -> assertTrue(accessLog().contains("/health/ready"), accessLog()));

        server.destroy();

        await().atMost(Duration.ofSeconds(20)).until(() -> ann.closeCode() != 0 && bob.closeCode() != 0);
        assertEquals(1001, ann.closeCode());
        assertTrue(ann.closeReason().contains("reconnect within"), ann.closeReason());
        assertTrue(server.waitFor(30, TimeUnit.SECONDS), "Tomcat has not stopped");
        await().untilAsserted(() -> assertTrue(accessLog().contains("GET /chat"), accessLog()));
    }

    private static String accessLog() throws IOException {
        try (Stream<Path> logs = Files.list(BASE.resolve("logs"))) {
            Path log = logs.filter(path -> path.getFileName().toString().startsWith("access"))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(log);
        }
    }
}
