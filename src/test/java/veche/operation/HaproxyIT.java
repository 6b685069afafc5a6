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
import veche.SystemProgram;

/** The real HAProxy with {@code server-config/haproxy/haproxy.cfg} as it is: its environment is filled in. */
class HaproxyIT extends ProxyContract {
    private static final Path FILES = Path.of("server-config", "haproxy");
    private static final Path HOME = Path.of("target", "operation", "haproxy").toAbsolutePath();

    @Override
    Proxy start(Certificate certificate, List<String> nodes) throws Exception {
        Commands.delete(HOME);
        Files.createDirectories(HOME);
        certificate.pem(HOME.resolve("veche.pem"));
        // A socket's path may have 108 characters, wherever the build lies.
        Path socket = Files.createTempDirectory("haproxy").resolve("admin.sock");
        int port = Commands.freePort();
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
                .failFast("HAProxy ended by itself, see " + HOME, () -> !haproxy.isAlive())
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
                    boolean leaves = Arrays.stream(drained).anyMatch(one -> one == node);
                    tell(socket, "set server veche/node" + n + " state " + (leaves ? "drain" : "ready"));
                }
            }

            @Override
            public void close() throws java.io.IOException {
                haproxy.destroyForcibly().onExit().join();
                Files.deleteIfExists(socket);
                Files.delete(socket.getParent());
            }
        };
    }

    /** As {@code socat stdio admin.sock} does; what is wrong is answered in words. */
    private static void tell(Path socket, String command) throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (channel.read(answer) >= 0) {
                continue;
            }
            String said = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
            if (!said.isBlank()) {
                throw new IllegalStateException(command + ": " + said);
            }
        }
    }
}
