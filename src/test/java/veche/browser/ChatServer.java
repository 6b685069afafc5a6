package veche.browser;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import veche.testing.FreePort;
import veche.testing.Token;
import veche.testing.UnpackedServer;

/**
 * A Tomcat with the WAR in its own process, on a free loopback port, that tests can stop, kill and restart; of the
 * servers it starts fastest. Its log is {@code target/browser/<fork>/logs/server.log}. Not thread-safe.
 */
final class ChatServer {
    /** The name of the cookie that may carry a token. */
    static final String COOKIE = "session";

    private static final Path BASE =
            Path.of("target", "browser", System.getProperty("fork", "fork-1")).toAbsolutePath();
    private static final Path WAR = Path.of("target", "veche.war");
    private static final Path CONFIGURATION = Path.of("src", "test", "tomcat");
    /** As in {@code server-config/tomcat}, without a data source. */
    private static final String CONTEXT = """
            <Context docBase="%s">
              <Resources>
                <PostResources className="org.apache.catalina.webresources.DirResourceSet"
                               base="%s" webAppMount="/WEB-INF/lib" readOnly="true"/>
              </Resources>
            </Context>
            """;

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration REQUEST = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path home = tomcat();
    private final int port = FreePort.next();
    private Process process;

    /** The instance shared by all test classes of this process, started on first use and killed at exit. */
    static ChatServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final ChatServer SERVER = new ChatServer();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::kill));
            SERVER.install();
            SERVER.start();
        }
    }

    int port() {
        return port;
    }

    /** Lays out a new CATALINA_BASE, without the rooms of an earlier run. */
    private void install() {
        try {
            UnpackedServer.layOutTomcat(home, BASE, CONFIGURATION, "server.xml", "tomcat-users.xml");
            Files.writeString(
                    BASE.resolve("conf/Catalina/localhost/ROOT.xml"),
                    CONTEXT.formatted(WAR.toAbsolutePath(), BASE.resolve("webapps/ROOT/WEB-INF/tomcat-lib")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The address of the page. */
    String home() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Starts the server and waits until it serves the page and answers handshakes. */
    void start() {
        try {
            process = new ProcessBuilder(command())
                    .directory(BASE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        await("Tomcat, log in " + log())
                .atMost(START)
                .failFast("Tomcat exited, see " + log(), () -> !process.isAlive())
                .until(() -> servesThePage() && answersHandshakes());
    }

    /** Stops it gracefully, as an operator does. */
    void stop() {
        process.destroy();
        awaitTheEnd();
    }

    /** Kills it, as a power failure would. */
    void kill() {
        if (process != null && process.isAlive()) {
            process.destroyForcibly();
            awaitTheEnd();
        }
    }

    private void awaitTheEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Tomcat did not stop within " + STOP + ", see " + log());
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private List<String> command() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1")); // as in arquillian.xml
        command.add("-Djava.io.tmpdir=" + BASE.resolve("temp"));
        command.add("-Dcatalina.home=" + home);
        command.add("-Dcatalina.base=" + BASE);
        command.add("-Dtomcat.port=" + port);
        command.add("-Dveche.data=" + BASE.resolve("data"));
        command.add("-Dveche.token.secret=" + Token.SECRET);
        command.add("-Dveche.token.cookie=" + COOKIE);
        command.add("-Dveche.allowed-origins=" + EmbeddingSite.shared().origin());
        command.addAll(List.of(
                "-cp", home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar")));
        command.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
        return command;
    }

    private boolean servesThePage() throws InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(home())).timeout(REQUEST).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean answersHandshakes() {
        var chat = URI.create(home().replace("http", "ws") + "chat?room=lobby");
        try {
            http.newWebSocketBuilder()
                    .connectTimeout(REQUEST)
                    .buildAsync(chat, new WebSocket.Listener() {})
                    .orTimeout(
                            REQUEST.toSeconds(), TimeUnit.SECONDS) // the connect timeout does not cover the handshake
                    .join()
                    .abort();
            return true;
        } catch (CompletionException notYet) {
            return false;
        }
    }

    private static Path log() {
        return BASE.resolve("logs/server.log");
    }

    private static Path tomcat() {
        try {
            return UnpackedServer.named("apache-tomcat-10.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
