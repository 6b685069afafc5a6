package veche.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/** A Redis server on 127.0.0.1 that can be killed, suspended and started again. */
public final class RedisProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static Path program;

    private final int port;
    private final Path directory;
    private final List<String> arguments;
    private Process process;

    private RedisProcess(int port, Path directory, List<String> arguments) throws IOException {
        this.port = port;
        this.directory = directory;
        this.arguments = arguments;
        start();
    }

    /** @param options such as {@code --requirepass}, {@code secret} */
    public static RedisProcess server(String... options) {
        int port = FreePort.next();
        List<String> arguments =
                new ArrayList<>(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        arguments.addAll(List.of(options));
        return create(port, arguments, "");
    }

    /** A server that requires TLS. */
    public static RedisProcess tls(Path certificateAndKey) {
        int port = FreePort.next();
        String file = certificateAndKey.toString();
        return create(
                port,
                List.of(
                        "--port",
                        "0",
                        "--tls-port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--tls-cert-file",
                        file,
                        "--tls-key-file",
                        file,
                        "--tls-ca-cert-file",
                        file,
                        "--tls-auth-clients",
                        "no"),
                "");
    }

    /** A Sentinel that promotes a replica soon after the master has ended. */
    public static RedisProcess sentinel(String name, int master) {
        int port = FreePort.next();
        String configuration = String.join(
                "\n",
                "port " + port,
                "bind 127.0.0.1",
                "sentinel monitor " + name + " 127.0.0.1 " + master + " 1",
                "sentinel down-after-milliseconds " + name + " 500",
                "sentinel failover-timeout " + name + " 5000");
        return create(port, List.of("--sentinel"), configuration);
    }

    private static RedisProcess create(int port, List<String> options, String configuration) {
        try {
            Path directory = Files.createTempDirectory("redis");
            Path file = Files.writeString(directory.resolve("redis.conf"), configuration);
            List<String> arguments = new ArrayList<>(List.of(program().toString(), file.toString()));
            arguments.addAll(options);
            return new RedisProcess(port, directory, arguments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path program() throws IOException {
        if (program == null) {
            program = ExecutableProvider.newJarResourceProvider().get().toPath();
        }
        return program;
    }

    public int port() {
        return port;
    }

    /** Starts it, again if it was killed. */
    public void start() throws IOException {
        process = new ProcessBuilder(arguments)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await("Redis starts, log in " + directory)
                .atMost(START)
                .failFast("Redis has ended, log in " + directory, () -> !process.isAlive())
                .until(this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it from running, while its connections remain open. */
    public void suspend() throws IOException {
        signal("STOP");
    }

    public void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .onExit()
                .join();
    }

    @Override
    public void close() {
        kill();
    }
}
