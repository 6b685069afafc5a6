package veche.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import veche.bench.report.Json;
import veche.bench.report.Machine;
import veche.bench.report.Plots;
import veche.bench.report.Result;
import veche.bench.report.Section;
import veche.bench.report.Table;
import veche.bench.server.Server;
import veche.bench.server.Servers;

/** Measures all servers and prints the tables; writes them, JSON and plots to {@code target/bench}. */
public final class Benchmark {
    private static final Map<Section, String> BASES = Map.of(Section.CHAT, "ws", Section.WAMP, "jawampa");
    private static final String ROUTERS =
            "WAMP, Veche on Payara. A call counts at its RESULT; callers and callee are both in the load generator.\n\n";

    private Benchmark() {}

    /** Runs in the directory of the project; the arguments are described in {@code src/bench/run}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = Options.of(arguments);
        Path root = Path.of("").toAbsolutePath();
        Path bench = Files.createDirectories(root.resolve("target/bench"));
        Session session = new Session(options, bench.resolve("work"));
        for (Server server : Servers.of(root, options.war(), options.postgres())) {
            if (isSelected(server, options) && isAvailable(server)) {
                session.measure(server);
            }
        }
        report(bench, session);
    }

    private static boolean isSelected(Server server, Options options) {
        return options.servers().isEmpty()
                ? options.plan().has(server)
                : options.servers().contains(server.id());
    }

    private static boolean isAvailable(Server server) {
        List<Path> missing =
                server.needs().stream().filter(path -> !Files.exists(path)).toList();
        if (!missing.isEmpty()) {
            System.err.println("# " + server.title() + " is skipped; missing: " + missing);
        }
        return missing.isEmpty();
    }

    private static void report(Path bench, Session session) throws IOException {
        Map<String, String> machine = Machine.describe();
        List<Result> results = session.results();
        StringBuilder report = new StringBuilder(String.join(", ", machine.values())).append('\n');
        for (Section section : Section.values()) {
            List<Result> ours = results.stream()
                    .filter(result -> result.section() == section)
                    .toList();
            if (!ours.isEmpty()) {
                report.append('\n').append(section == Section.WAMP ? ROUTERS : "");
                report.append(new Table(ours, BASES.get(section)).markdown());
                report.append(
                        "\nLatency, where it is measured, is at %.0f messages/s.\n".formatted(session.rate(section)));
            }
        }
        String tables = report.toString();
        System.out.println(tables);
        Files.writeString(bench.resolve("results.md"), tables);
        Files.writeString(bench.resolve("results.json"), Json.of(machine, results));
        for (Map.Entry<String, String> plot : new Plots(results).svg().entrySet()) {
            Files.writeString(bench.resolve(plot.getKey()), plot.getValue());
        }
    }
}
