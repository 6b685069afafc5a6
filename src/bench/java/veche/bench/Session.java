package veche.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import veche.bench.load.WampTarget;
import veche.bench.report.Result;
import veche.bench.report.Section;
import veche.bench.server.ChildProcesses;
import veche.bench.server.RunningServer;
import veche.bench.server.Server;
import veche.bench.server.Server.Trait;

/** Measures the servers in turn. */
final class Session {
    /** The rate in messages per second if neither the options nor a measured base determine it. */
    private static final double RATE = 100;

    private static final int RATE_CLIENTS = 500;
    private static final int RATE_IN_FLIGHT = 16;
    /** The loads of the warm-up: on one core, a JVM has half its throughput for tens of seconds, while it compiles. */
    private static final Integer[] WARM_IN_FLIGHT = {1, 16, 128};

    private static final double WARM_SECONDS = 10;
    /** The warm-up for another WAMP target on a server that is warm otherwise. */
    private static final double REWARM_SECONDS = 5;

    private final Options options;
    private final Path work;
    private final ChildProcesses processes = new ChildProcesses();
    private final Generator generator;
    private final List<Result> results = new ArrayList<>();
    private final Map<Section, Double> rates = new EnumMap<>(Section.class);

    Session(Options options, Path work) {
        this.options = options;
        this.work = work;
        generator = new Generator(processes, options.loadCore());
    }

    /** Measures a server; failures are logged and their rows are omitted. */
    void measure(Server server) throws InterruptedException {
        System.err.println("# " + server.title());
        try (RunningServer running =
                new RunningServer(server, work.resolve(server.id()), options.serverCore(), processes)) {
            Set<WampTarget> warm = EnumSet.noneOf(WampTarget.class);
            for (Measure measure : options.plan().of(server, options.everyRow())) {
                if (!options.kinds().isEmpty() && !options.kinds().contains(measure.kind())) {
                    continue;
                }
                if (measure.kind() != Measure.Kind.IDLE && warm.add(measure.wampTarget())) {
                    warmUp(server, running, measure.wampTarget(), warm.size() == 1 ? WARM_SECONDS : REWARM_SECONDS);
                }
                if (!attempt(server, running, measure)) {
                    System.err.println(server.title() + " is abandoned: figures after a failure are not meaningful");
                    break;
                }
            }
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
        }
    }

    /** Applies load without counting, so that no row includes the compilation of the JVM. */
    private void warmUp(Server server, RunningServer running, WampTarget wampTarget, double seconds)
            throws InterruptedException {
        Measure load = switch (wampTarget) {
            case ROOM -> Measure.oneRoom(RATE_CLIENTS, WARM_IN_FLIGHT);
            case TOPIC -> Measure.oneTopic(wampTarget, RATE_CLIENTS, WARM_IN_FLIGHT);
            case PROCEDURE -> Measure.calls(RATE_IN_FLIGHT, WARM_IN_FLIGHT);
        };
        try {
            generator.run(server, running, arguments(load, 0, seconds));
        } catch (IOException failed) {
            System.err.println("Warm-up: " + failed.getMessage());
        }
    }

    /** Returns false on failure. */
    private boolean attempt(Server server, RunningServer running, Measure measure) throws InterruptedException {
        try {
            List<Map<String, Double>> figures = generator.run(
                    server,
                    running,
                    arguments(measure, options.plan().warmup(), options.plan().seconds(measure)));
            for (int i = 0; i < figures.size(); i++) {
                add(server, measure, measure.inFlight().get(i), figures.get(i));
            }
            return true;
        } catch (IOException failed) {
            System.err.println(
                    server.title() + ", " + measure.row(measure.inFlight().get(0)) + ": " + failed.getMessage());
            return false;
        }
    }

    private List<String> arguments(Measure measure, double warmup, double seconds) {
        List<String> arguments = measure.options();
        arguments.addAll(List.of("--rate", Double.toString(rate(measure.section()))));
        arguments.addAll(List.of("--warmup", Double.toString(warmup), "--seconds", Double.toString(seconds)));
        return arguments;
    }

    private void add(Server server, Measure measure, int inFlight, Map<String, Double> figures) {
        String kind = measure.kind().name().toLowerCase(Locale.ROOT);
        Result result = new Result(
                server.id(),
                server.title(),
                measure.section(),
                kind,
                measure.row(inFlight),
                measure.clients(),
                measure.rooms(),
                inFlight,
                figures);
        results.add(result);
        System.err.println(result.row() + ": " + figures);
        if (server.is(Trait.BASE)
                && measure.kind() == Measure.Kind.THROUGHPUT
                && measure.clients() == RATE_CLIENTS
                && inFlight == RATE_IN_FLIGHT) {
            rates.put(measure.section(), result.figure("deliveries_per_s") / RATE_CLIENTS / 2);
        }
    }

    /** The results so far, in the order of the plan. */
    List<Result> results() {
        return results;
    }

    /** The rate of the latency rows of a table, in messages per second. */
    double rate(Section section) {
        return options.rate() > 0 ? options.rate() : rates.getOrDefault(section, RATE);
    }
}
