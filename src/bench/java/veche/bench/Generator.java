package veche.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import veche.bench.load.Load;
import veche.bench.server.ChildProcesses;
import veche.bench.server.RunningServer;
import veche.bench.server.Server;

/**
 * Starts the load generator, for each measure in a new JVM, so that no other protocol has influenced the compiler, and
 * on a core that no server uses.
 */
final class Generator {
    private static final long LIMIT_SECONDS = 420;

    private final ChildProcesses processes;
    private final int core;

    Generator(ChildProcesses processes, int core) {
        this.processes = processes;
        this.core = core;
    }

    /**
     * Runs a measure; returns the figures by name, one map for each number of messages in flight.
     *
     * @throws IOException if the generator fails or takes longer than seven minutes
     */
    List<Map<String, Double>> run(Server server, RunningServer running, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-XX:+UseSerialGC", "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Load.class.getName()));
        command.addAll(List.of("--port", Integer.toString(running.port()), "--pid", Long.toString(running.pid())));
        command.addAll(List.of("--protocol", server.protocol(), "--target", server.target(), "--gc", server.gc()));
        command.addAll(options);
        Process process = processes.start(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
        try {
            return finish(process);
        } finally {
            processes.end(process);
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
