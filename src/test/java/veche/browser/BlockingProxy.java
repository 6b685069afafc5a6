package veche.browser;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import veche.testing.FreePort;
import veche.testing.SystemProgram;
import veche.testing.UnpackedServer;

/** An nginx that refuses WebSocket, as many companies' proxies do: it does not forward the header field Upgrade. */
final class BlockingProxy implements AutoCloseable {
    private static final String CONFIGURATION = """
            daemon off;
            pid nginx.pid;
            error_log stderr warn;
            events { worker_connections 256; }
            http {
                access_log access.log;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                server {
                    listen 127.0.0.1:%d;
                    location / {
                        if ($http_upgrade) { return 403; }
                        proxy_pass http://127.0.0.1:%d;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $http_host;
                    }
                }
            }
            """;

    private final Path folder = Path.of("target", "browser", System.getProperty("fork", "fork-1"), "nginx")
            .toAbsolutePath();
    private final int port = FreePort.next();
    private final Process process;

    BlockingProxy(int server) {
        try {
            UnpackedServer.delete(folder);
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.formatted(port, server));
            process = new ProcessBuilder(
                            SystemProgram.of("nginx", List.of("nginx")).toString(),
                            "-p",
                            folder.toString(),
                            "-c",
                            folder.resolve("nginx.conf").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().failFast("nginx has ended, see " + folder, () -> !process.isAlive())
                .until(() -> Files.exists(folder.resolve("nginx.pid")));
    }

    /** The page through this proxy. */
    String home(String direct) {
        return direct.replaceFirst(":\\d+/", ":" + port + "/");
    }

    @Override
    public void close() {
        process.destroy();
        await().until(() -> !process.isAlive());
    }
}
