package veche.operation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import veche.testing.FreePort;
import veche.testing.MetricsClient;
import veche.testing.UnpackedServer;

/** A Payara Micro with the WAR and the settings of one test, in its own process. */
final class Payara implements XaServer {
    private static final Path HOMES = Path.of("target", "payara-operation", System.getProperty("fork", "fork-1"))
            .toAbsolutePath();
    private static final Duration START = Duration.ofMinutes(3);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path home;
    private final int port;
    private final List<String> command;
    private final String ready;
    private Process process;

    /** @param settings such as {@code veche.ping.interval=1s} */
    Payara(String... settings) throws IOException {
        this(HOMES, FreePort.next(), settings);
    }

    /** One of several that run at the same time; its port may be that of one that has ended. */
    static Payara named(String name, int port, List<String> settings) {
        try {
            return new Payara(HOMES.resolve(name), port, settings.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Payara(Path home, int port, String... settings) throws IOException {
        this.home = home;
        this.port = port;
        this.command = command(settings);
        this.ready = "health/ready";
        command.addAll(List.of("--contextroot", "/"));
        launch();
    }

    /** With other applications, so that Veche is at {@code /veche}. What the server stores outlives its process. */
    static Payara with(String name, List<String> options, List<String> settings) throws IOException {
        Path home = HOMES.resolve(name);
        UnpackedServer.delete(home);
        return new Payara(home, options, settings);
    }

    private Payara(Path home, List<String> options, List<String> settings) throws IOException {
        this.home = home;
        this.port = FreePort.next();
        this.command = command(settings.toArray(String[]::new));
        this.ready = "veche/health/ready";
        command.addAll(List.of("--rootdir", home.resolve("root").toString()));
        command.addAll(options);
        launch();
    }

    private void launch() throws IOException {
        Files.createDirectories(home.resolve("tmp"));
        process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await("Payara Micro starts, log in " + home)
                .atMost(START)
                .failFast("Payara Micro has ended", () -> !process.isAlive())
                .until(() -> status(ready) == 200);
    }

    @Override
    public void restart() throws IOException {
        process.onExit().join();
        launch();
    }

    private List<String> command(String... settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1")); // as in arquillian.xml
        command.add("-Djava.io.tmpdir=" + home.resolve("tmp"));
        command.add("-Dveche.log=memory");
        command.add("-Dveche.metrics.token=" + MetricsClient.TOKEN);
        List.of(settings).forEach(setting -> command.add("-D" + setting));
        command.add("-jar");
        command.add(Path.of("target", "servers", "payara-micro.jar")
                .toAbsolutePath()
                .toString());
        command.addAll(List.of(
                "--deploy", Path.of("target", "veche.war").toAbsolutePath().toString()));
        command.addAll(List.of("--port", String.valueOf(port)));
        command.addAll(List.of("--nocluster", "--nohazelcast", "--prebootcommandfile"));
        command.add(Path.of("server-config", "payara", "preboot.txt")
                .toAbsolutePath()
                .toString());
        return command;
    }

    @Override
    public String host() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** The number of connections, from its metrics. */
    int connections() throws IOException {
        return MetricsClient.connections(URI.create("http://127.0.0.1:" + port + "/metrics"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/" + path);
        return http.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The number of exceptions in its log that only a defect of Veche or of the server can cause. */
    long faults() throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("server.log"))) {
            return lines.filter(line -> line.contains("NullPointerException")).count();
        }
    }

    /** The bytes of its live objects, after a garbage collection. */
    long liveBytes() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (Stream<String> lines = jcmd.inputReader().lines()) {
            String total =
                    lines.filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
            return Long.parseLong(total.trim().split("\\s+")[2]);
        }
    }

    /** Requests an orderly stop, as an operator does. */
    void stop() {
        process.destroy();
    }

    /** Blocks until the process has ended after {@link #stop}. */
    void awaitEnd() {
        await("Payara Micro ends, log in " + home).atMost(START).until(() -> !process.isAlive());
    }

    boolean running() {
        return process.isAlive();
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(30, TimeUnit.SECONDS);
    }
}
