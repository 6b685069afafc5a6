package veche.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import veche.bench.load.Load;
import veche.bench.server.Children;
import veche.bench.server.Running;
import veche.bench.server.Server;

/**
 * The load generator as a process of its own for each measure: a JVM that has seen no other dialect, pinned to the core
 * that no server uses.
 */
final class Generator {
    private static final long LIMIT_SECONDS = 420;

    private final Children children;
    private final int core;

    Generator(Children children, int core) {
        this.children = children;
        this.core = core;
    }

    /**
     * Runs it once; gives the figures by name, one map for each number of messages in flight.
     *
     * @throws IOException if it fails or takes longer than seven minutes
     */
    List<Map<String, Double>> run(Server server, Running running, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Load.class.getName()));
        command.addAll(List.of("--port", Integer.toString(running.port()), "--pid", Long.toString(running.pid())));
        command.addAll(List.of("--tongue", server.tongue(), "--target", server.target(), "--gc", server.gc()));
        command.addAll(options);
        Process process = children.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
        try {
            return finish(process);
        } finally {
            children.end(process);
        }
    }

    private static List<Map<String, Double>> finish(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("No figures after " + LIMIT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("The load generator failed with " + process.exitValue());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output.lines().map(Generator::figures).toList();
    }

    private static Map<String, Double> figures(String line) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String pair : line.split(" ")) {
            String[] parts = pair.split("=");
            figures.put(parts[0], Double.valueOf(parts[1]));
        }
        return figures;
    }
}
