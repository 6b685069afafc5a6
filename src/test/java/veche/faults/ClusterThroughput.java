package veche.faults;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import veche.testing.FreePort;
import veche.testing.RedisProcess;

/**
 * Measures chat over one, two and three nodes: Veche with PostgreSQL, beside Socket.IO with its adapters for Redis. The
 * load is that of the benchmark, in a process of its own.
 */
final class ClusterThroughput {
    private static final int CLIENTS = 300;
    private static final int ROOMS = 10;
    private static final Path PEERS = Path.of("target", "bench", "peers", "node");

    private static final Map<String, String> SETTINGS = Map.of(
            "_JAVA_OPTIONS", "-XX:TieredStopAtLevel=4 -Xmx768m",
            "VECHE_LIMIT_MESSAGES_PER_USER", "off",
            "VECHE_LIMIT_JOINS_PER_USER", "off",
            "VECHE_LIMIT_ROOMS_PER_USER", "off",
            "VECHE_LIMIT_REQUESTS_PER_USER", "off",
            "VECHE_LIMIT_INPUT_MESSAGES_PER_CONNECTION", "off",
            "VECHE_LIMIT_INPUT_BYTES_PER_CONNECTION", "off",
            "VECHE_LIMIT_CONNECTIONS_PER_ADDRESS", "0");

    private ClusterThroughput() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        System.out.println("| | nodes | messages/s | deliveries/s | p50 ms | p99 ms | missing |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (int nodes = 1; nodes <= 3; nodes++) {
            veche(nodes);
            socketIo(nodes, "redis");
            socketIo(nodes, "streams");
        }
        System.exit(0);
    }

    private static void veche(int nodes) throws IOException, InterruptedException, SQLException {
        try (FaultyCluster cluster =
                new FaultyCluster(new ClusterSetup(nodes, SETTINGS, Optional.empty(), false, true))) {
            List<Integer> ports = cluster.nodes().stream().map(FaultyNode::port).toList();
            print("Veche, stored in PostgreSQL", nodes, load(ports, "plain", "/veche/chat?room={room}"));
        }
    }

    private static void socketIo(int nodes, String adapter) throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        RedisProcess redis = RedisProcess.server();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                int port = FreePort.next();
                ports.add(port);
                processes.add(new ProcessBuilder(
                                "node", "socketio.js", Integer.toString(port), adapter, Integer.toString(redis.port()))
                        .directory(PEERS.toFile())
                        .inheritIO()
                        .start());
                await().ignoreExceptions().until(() -> accepts(port));
            }
            String target = "/socket.io/?EIO=4&transport=websocket&room={room}";
            print("Socket.IO, " + adapter + " adapter, not stored", nodes, load(ports, "socketio", target));
        } finally {
            processes.forEach(Process::destroyForcibly);
            redis.close();
        }
    }

    private static boolean accepts(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
            return true;
        }
    }

    /** Runs the load generator of the benchmark; returns its figures by name. */
    private static Map<String, Double> load(List<Integer> ports, String protocol, String target)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-cp"));
        command.add("target/bench/classes" + File.pathSeparator + "target/bench/lib/*");
        command.addAll(List.of("veche.bench.load.Load", "--mode", "closed", "--protocol", protocol));
        command.addAll(List.of("--port", ports.stream().map(Object::toString).collect(Collectors.joining(","))));
        command.addAll(List.of("--target", target, "--clients", "" + CLIENTS, "--rooms", "" + ROOMS));
        command.addAll(List.of("--in-flight", "16", "--senders", "6", "--warmup", "8", "--seconds", "8"));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("The load generator failed");
        }
        Map<String, Double> figures = new HashMap<>();
        Arrays.stream(output.trim().split(" "))
                .map(pair -> pair.split("="))
                .forEach(pair -> figures.put(pair[0], Double.valueOf(pair[1])));
        return figures;
    }

    private static void print(String system, int nodes, Map<String, Double> figures) {
        double deliveries = figures.get("deliveries_per_s");
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %,.0f | %,.0f | %.0f | %.0f | %.0f |%n",
                system,
                nodes,
                deliveries * ROOMS / CLIENTS,
                deliveries,
                figures.get("latency_p50_ms"),
                figures.get("latency_p99_ms"),
                figures.get("missing"));
    }
}
