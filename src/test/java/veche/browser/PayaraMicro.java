package veche.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A Payara Micro with the WAR in its own process, on a free loopback port, that tests can stop, kill and restart. Its log
 * is {@code target/payara-browser/<fork>/server.log}. Not thread-safe.
 */
final class PayaraMicro {

    private static final Path JAR = Path.of("target", "servers", "payara-micro.jar");
    private static final Path WAR = Path.of("target", "veche.war");
    private static final Path PREBOOT = Path.of("server-config", "payara", "preboot.txt");
    private static final Path HOME = Path.of("target", "payara-browser", System.getProperty("fork", "fork-1"));
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofMinutes(1);
    private static final Duration ASK = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port = freePort();
    private Process process;

    /** The instance shared by all test classes of this process, started on first use and killed at exit. */
    static PayaraMicro shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final PayaraMicro SERVER = new PayaraMicro();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::kill));
            forget(HOME.resolve("data"));
            SERVER.start();
        }
    }

    int port() {
        return port;
    }

    /** Rooms of an earlier run would appear in the lists. */
    private static void forget(Path data) {
        if (!Files.exists(data)) {
            return;
        }
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
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
            Files.createDirectories(HOME.resolve("tmp"));
            process = new ProcessBuilder(command())
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        await("Payara Micro, log in " + log())
                .atMost(START)
                .failFast("Payara Micro exited, see " + log(), () -> !process.isAlive())
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
                throw new IllegalStateException("Payara Micro did not stop within " + STOP + ", see " + log());
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
        command.add("-Djava.io.tmpdir=" + HOME.resolve("tmp").toAbsolutePath());
        command.add("-Dveche.data=" + HOME.resolve("data").toAbsolutePath());
        command.add("-Dveche.token.secret=" + Token.SECRET);
        command.add("-Dveche.allowed-origins=" + EmbeddingSite.shared().origin());
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        command.addAll(List.of("--deploy", WAR.toAbsolutePath().toString()));
        command.addAll(List.of("--contextroot", "/", "--port", String.valueOf(port)));
        command.addAll(List.of("--nocluster", "--nohazelcast"));
        command.addAll(List.of("--prebootcommandfile", PREBOOT.toAbsolutePath().toString()));
        return command;
    }

    private boolean servesThePage() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(home())).timeout(ASK).build();
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
                    .connectTimeout(ASK)
                    .buildAsync(chat, new WebSocket.Listener() {})
                    .orTimeout(ASK.toSeconds(), TimeUnit.SECONDS) // the connect timeout does not cover the handshake
                    .join()
                    .abort();
            return true;
        } catch (CompletionException notYet) {
            return false;
        }
    }

    private static Path log() {
        return HOME.resolve("server.log");
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
