package veche.operation;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import veche.testing.FreePort;
import veche.testing.SystemProgram;
import veche.testing.UnpackedServer;

/** HAProxy with the unmodified {@code server-config/haproxy/haproxy.cfg}, configured by its environment. */
class HaproxyIT extends ProxyContract {
    private static final Path FILES = Path.of("server-config", "haproxy");
    private static final Path HOME = Path.of("target", "operation", "haproxy").toAbsolutePath();

    @Override
    Proxy start(Certificate certificate, List<String> nodes) throws Exception {
        UnpackedServer.delete(HOME);
        Files.createDirectories(HOME);
        certificate.pem(HOME.resolve("veche.pem"));
        // The path of a Unix socket may have 108 characters, which one below the build directory can exceed.
        Path socket = Files.createTempDirectory("haproxy").resolve("admin.sock");
        int port = FreePort.next();
        Map<String, String> environment = new HashMap<>();
        environment.put("VECHE_PROXY_BIND", "127.0.0.1:" + port);
        environment.put("VECHE_PROXY_CERTIFICATE", HOME.resolve("veche.pem").toString());
        environment.put("VECHE_PROXY_SOCKET", socket.toString());
        environment.put("VECHE_PROXY_CONNECTIONS", "1000");
        environment.put("VECHE_PROXY_SILENCE", SILENCE_SECONDS + "s");
        environment.put("VECHE_PROXY_CHECK", "200ms");
        for (int n = 1; n <= nodes.size(); n++) {
            environment.put("VECHE_NODE_" + n, nodes.get(n - 1));
        }
        Process haproxy = Commands.start(
                HOME.resolve("out.log"),
                environment,
                SystemProgram.of("haproxy", List.of("haproxy")).toString(),
                "-db",
                "-f",
                FILES.resolve("haproxy.cfg").toAbsolutePath().toString());
        org.awaitility.Awaitility.await()
                .failFast("HAProxy has ended, see " + HOME, () -> !haproxy.isAlive())
                .until(() -> Files.exists(socket));
        return new Proxy() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public void drain(int... drained) throws Exception {
                for (int n = 1; n <= nodes.size(); n++) {
                    int node = n;
                    boolean isDrained = Arrays.stream(drained).anyMatch(one -> one == node);
                    send(socket, "set server veche/node" + n + " state " + (isDrained ? "drain" : "ready"));
                }
            }

            @Override
            public Path log() {
                return HOME.resolve("out.log");
            }

            @Override
            public void close() throws java.io.IOException {
                haproxy.destroyForcibly().onExit().join();
                Files.deleteIfExists(socket);
                Files.delete(socket.getParent());
            }
        };
    }

    /** As {@code socat stdio admin.sock} does; any response is an error message. */
    private static void send(Path socket, String command) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer response = ByteBuffer.allocate(4096);
            while (channel.read(response) >= 0) {
                continue;
            }
            String error = new String(response.array(), 0, response.position(), StandardCharsets.US_ASCII);
            if (!error.isBlank()) {
                throw new IllegalStateException(command + ": " + error);
            }
        }
    }
}
