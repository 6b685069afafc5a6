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
import veche.bench.load.Over;
import veche.bench.report.Result;
import veche.bench.report.Section;
import veche.bench.server.Children;
import veche.bench.server.Running;
import veche.bench.server.Server;
import veche.bench.server.Server.Trait;

/** All servers in turn, each measured as planned. */
final class Session {
    /** Messages a second where neither the options nor a measured base say how many. */
    private static final double RATE = 100;

    private static final int RATE_CLIENTS = 500;
    private static final int RATE_IN_FLIGHT = 16;
    /** At each of these, in turn: a JVM on one core is half as fast for tens of seconds, while it compiles. */
    private static final Integer[] WARM_IN_FLIGHT = {1, 16, 128};

    private static final double WARM_SECONDS = 10;
    /** For a server that is warm but for what these clients talk through. */
    private static final double REWARM_SECONDS = 5;

    private final Options options;
    private final Path work;
    private final Children children = new Children();
    private final Generator generator;
    private final List<Result> results = new ArrayList<>();
    private final Map<Section, Double> rates = new EnumMap<>(Section.class);

    Session(Options options, Path work) {
        this.options = options;
        this.work = work;
        generator = new Generator(children, options.loadCore());
    }

    /** Measures a server; what fails is said, and left out. */
    void measure(Server server) throws InterruptedException {
        System.err.println("# " + server.title());
        try (Running running = new Running(server, work.resolve(server.id()), options.serverCore(), children)) {
            Set<Over> warm = EnumSet.noneOf(Over.class);
            for (Measure measure : options.plan().of(server, options.everyRow())) {
                if (!options.kinds().isEmpty() && !options.kinds().contains(measure.kind())) {
                    continue;
                }
                if (measure.kind() != Measure.Kind.IDLE && warm.add(measure.over())) {
                    warmUp(server, running, measure.over(), warm.size() == 1 ? WARM_SECONDS : REWARM_SECONDS);
                }
                if (!attempt(server, running, measure)) {
                    System.err.println(server.title() + " is given up: what it answers now would say little");
                    break;
                }
            }
        } catch (IOException failed) {
            System.err.println(failed.getMessage());
        }
    }

    /** Load that nobody counts, so that no row pays for the compilers of the JVMs. */
    private void warmUp(Server server, Running running, Over over, double seconds) throws InterruptedException {
        Measure load = switch (over) {
            case ROOM -> Measure.oneRoom(RATE_CLIENTS, WARM_IN_FLIGHT);
            case TOPIC -> Measure.oneTopic(over, RATE_CLIENTS, WARM_IN_FLIGHT);
            case PROCEDURE -> Measure.calls(RATE_IN_FLIGHT, WARM_IN_FLIGHT);
        };
        try {
            generator.run(server, running, words(load, 0, seconds));
        } catch (IOException failed) {
            System.err.println("Warm-up: " + failed.getMessage());
        }
    }

    /** False where it fails. */
    private boolean attempt(Server server, Running running, Measure measure) throws InterruptedException {
        try {
            List<Map<String, Double>> figures = generator.run(
                    server,
                    running,
                    words(measure, options.plan().warmup(), options.plan().seconds(measure)));
            for (int i = 0; i < figures.size(); i++) {
                note(server, measure, measure.inFlight().get(i), figures.get(i));
            }
            return true;
        } catch (IOException failed) {
            System.err.println(
                    server.title() + ", " + measure.row(measure.inFlight().get(0)) + ": " + failed.getMessage());
            return false;
        }
    }

    private List<String> words(Measure measure, double warmup, double seconds) {
        List<String> words = measure.options();
        words.addAll(List.of("--rate", Double.toString(rate(measure.section()))));
        words.addAll(List.of("--warmup", Double.toString(warmup), "--seconds", Double.toString(seconds)));
        return words;
    }

    private void note(Server server, Measure measure, int inFlight, Map<String, Double> figures) {
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

    /** What was found so far, in the order of the plan's rows. */
    List<Result> results() {
        return results;
    }

    /** Messages a second of the latency rows of a table. */
    double rate(Section section) {
        return options.rate() > 0 ? options.rate() : rates.getOrDefault(section, RATE);
    }
}
