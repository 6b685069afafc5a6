package veche.faults;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import veche.testing.FreePort;
import veche.testing.Token;
import veche.testing.UnpackedServer;

/** A node: the WAR on a Tomcat in its own process, which reaches PostgreSQL through links that can be interrupted. */
final class FaultyNode implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Path WAR = Path.of("target", "veche.war");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.next();
    private final String name;
    private final Path home = UnpackedServer.named("apache-tomcat-11.");
    private final Path base;
    private final FaultyLink database;
    private final FaultyLink signals;
    private final Optional<FaultyLink> redis;
    private final ClusterSetup setup;
    private final int databasePort;
    private Process process;

    FaultyNode(String name, int databasePort, ClusterSetup setup) throws IOException {
        this.name = name;
        this.setup = setup;
        this.databasePort = databasePort;
        base = Path.of("target", "faults", name).toAbsolutePath();
        UnpackedServer.layOutTomcat(home, base, Path.of("src", "test", "tomcat"), "server.xml", "tomcat-users.xml");
        Files.copy(WAR, base.resolve("webapps/veche.war"));
        database = new FaultyLink(databasePort);
        signals = new FaultyLink(databasePort);
        redis = setup.redis().map(server -> new FaultyLink(server.port()));
    }

    /** Starts the process without waiting until it is ready. */
    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(base.resolve("out.log").toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("VECHE_LOG", "postgresql");
        environment.put("VECHE_LOG_URL", url(database));
        environment.put("VECHE_CLUSTER_LISTEN_URL", url(signals));
        environment.put("VECHE_LOG_USER", FaultyDatabase.USER);
        environment.put("VECHE_LOG_PASSWORD", FaultyDatabase.PASSWORD);
        environment.put("VECHE_LOG_RETENTION_MESSAGES", "0");
        environment.put("VECHE_CLUSTER_NODE", name);
        environment.put("VECHE_TOKEN_SECRET", Token.SECRET);
        environment.put("VECHE_TOKEN_PARAMETER", "true");
        environment.put("VECHE_SHUTDOWN_SPREAD", "1s");
        redis.ifPresent(link -> environment.put("VECHE_CLUSTER_REDIS", "redis://127.0.0.1:" + link.port()));
        environment.putAll(setup.settings());
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.add("-Dtomcat.port=" + port);
        command.add("-Dcatalina.home=" + home);
        command.add("-Dcatalina.base=" + base);
        command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
        command.add("-cp");
        command.add(home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"));
        command.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
        return command;
    }

    private String url(FaultyLink link) {
        return "jdbc:postgresql://127.0.0.1:" + (setup.direct() ? databasePort : link.port()) + "/veche";
    }

    void awaitReady() {
        await(name + " is ready, log in " + base)
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .failFast("The process has ended, see " + base, () -> !process.isAlive())
                .ignoreExceptions()
                .until(this::isReady);
    }

    private boolean isReady() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/veche/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    int port() {
        return port;
    }

    /** The endpoint, without a query. */
    URI chat() {
        return URI.create("ws://127.0.0.1:" + port + "/veche/chat");
    }

    /** The connections on which it reads and writes. */
    FaultyLink database() {
        return database;
    }

    /** The connections on which it listens. */
    FaultyLink signals() {
        return signals;
    }

    /** The connections to Redis, where it has one. */
    FaultyLink redis() {
        return redis.orElseThrow();
    }

    /** Its links lead to the database on another port. */
    void redirect(int databasePort) {
        database.redirect(databasePort);
        signals.redirect(databasePort);
    }

    void suspend() {
        ProcessSignal.STOP.send(process.toHandle());
    }

    void resume() {
        ProcessSignal.CONT.send(process.toHandle());
    }

    void kill() {
        ProcessSignal.KILL.send(process.toHandle());
        awaitEnd();
    }

    /** Stops it as an operator does. */
    void stop() {
        ProcessSignal.TERM.send(process.toHandle());
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        database.close();
        signals.close();
        redis.ifPresent(FaultyLink::close);
    }
}
