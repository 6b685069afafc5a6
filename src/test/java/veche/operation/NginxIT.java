package veche.operation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import veche.testing.FreePort;
import veche.testing.SystemProgram;
import veche.testing.UnpackedServer;

/**
 * nginx with {@code server-config/nginx}; only veche/site.conf and veche/nodes.conf are edited, as its README
 * describes.
 */
class NginxIT extends ProxyContract {
    private static final Path FILES = Path.of("server-config", "nginx");
    private static final Path HOME = Path.of("target", "operation", "nginx").toAbsolutePath();
    /** Replaces Debian's nginx.conf, which includes conf.d, for a separate process. */
    private static final String MAIN_CONFIGURATION = """
            daemon off;
            pid nginx.pid;
            error_log stderr info;
            events { worker_connections 1024; }
            http {
                access_log access.log;
                client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
                include veche.conf;
            }
            """;

    @Override
    Proxy start(Certificate certificate, List<String> nodes) throws Exception {
        UnpackedServer.delete(HOME);
        Files.createDirectories(HOME.resolve("veche"));
        Files.writeString(HOME.resolve("nginx.conf"), MAIN_CONFIGURATION);
        Files.copy(FILES.resolve("veche.conf"), HOME.resolve("veche.conf"));
        certificate.pem(HOME.resolve("veche.pem"));
        int port = FreePort.next();
        Files.writeString(
                HOME.resolve("veche/site.conf"),
                Files.readString(FILES.resolve("veche/site.conf"))
                        .replace("listen      443 ssl", "listen 127.0.0.1:" + port + " ssl")
                        .replaceAll("/etc/letsencrypt/live/ws.site.com/\\w+.pem", HOME.resolve("veche.pem") + "")
                        .replace("/var/log/nginx", HOME.toString())
                        .replace("90s", SILENCE_SECONDS + "s"));
        nodes(nodes);
        Process nginx = Commands.start(
                HOME.resolve("out.log"),
                Map.of(),
                SystemProgram.of("nginx", List.of("nginx")).toString(),
                "-p",
                HOME.toString(),
                "-c",
                HOME.resolve("nginx.conf").toString());
        await().failFast("nginx has ended, see " + HOME, () -> !nginx.isAlive())
                .until(() -> Files.exists(HOME.resolve("nginx.pid")));
        return new Proxy() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void drain(int... drained) throws Exception {
                nodes(IntStream.rangeClosed(1, nodes.size())
                        .mapToObj(n ->
                                nodes.get(n - 1) + (Arrays.stream(drained).anyMatch(one -> one == n) ? " down" : ""))
                        .toList());
                List<ProcessHandle> former = nginx.children().toList();
                // nginx -s reload
                Commands.run("kill", "-HUP", Long.toString(nginx.pid()));
                // Until then, they accept connections and pass them on by the former configuration.
                await().until(() -> former.stream().noneMatch(NginxIT::isAccepting));
            }

            @Override
            public Path log() {
                return HOME.resolve("veche.log");
            }

            @Override
            public void close() {
                nginx.descendants().forEach(ProcessHandle::destroyForcibly);
                nginx.destroyForcibly().onExit().join();
            }
        };
    }

    private static void nodes(List<String> nodes) throws IOException {
        String line = Files.readString(FILES.resolve("veche/nodes.conf"));
        Files.writeString(
                HOME.resolve("veche/nodes.conf"),
                nodes.stream()
                        .map(node -> line.replace("127.0.0.1:8080", node.replace(" down", ""))
                                .replace(";", node.endsWith(" down") ? " down;" : ";"))
                        .collect(Collectors.joining()));
    }

    /** A worker that is shutting down has closed its listening sockets, which its title shows. */
    private static boolean isAccepting(ProcessHandle worker) {
        try {
            return worker.isAlive()
                    && !Files.readString(Path.of("/proc", Long.toString(worker.pid()), "cmdline"))
                            .contains("shutting down");
        } catch (IOException e) {
            // It may have ended meanwhile.
            return worker.isAlive();
        }
    }
}
