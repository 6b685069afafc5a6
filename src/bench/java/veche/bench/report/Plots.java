package veche.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The plots of {@code src/docs/benchmarks.md}: cost and rate of deliveries by the number of clients and messages. */
public final class Plots {
    private static final int CLIENTS = 500;
    private static final int IN_FLIGHT = 128;
    private static final String COST = "server's processor time per delivery, ns";
    private static final String RATE = "deliveries a second";
    private static final Map<String, String> COLOURS = Map.of(
            "payara", "#1457b8",
            "tomcat", "#0b8a7a",
            "wildfly", "#7b3fa0",
            "wamp", "#5b8fd9",
            "postgres", "#3f7fd8",
            "ws", "#c85a00",
            "socketio", "#b3243f",
            "spring", "#5f7d12");
    private static final String NEUTRAL = "#777777";

    private final List<Result> results;

    /** Plots of these results. */
    public Plots(List<Result> results) {
        this.results = results.stream()
                .filter(result -> result.section() == Section.CHAT)
                .filter(result -> result.kind().equals("throughput") && result.rooms() == 1)
                .toList();
    }

    /** The SVG documents by file name; plots without figures are omitted. */
    public Map<String, String> svg() {
        Map<String, String> plots = new LinkedHashMap<>();
        String traffic = "one room, 4 senders, %d messages in flight, one core".formatted(IN_FLIGHT);
        String room = "one room of %d clients, 4 senders, one core".formatted(CLIENTS);
        List<Series> byClients = series(is(Result::inFlight, IN_FLIGHT), Result::clients, "cpu_ns_per_delivery");
        List<Series> byMessages = series(is(Result::clients, CLIENTS), Result::inFlight, "cpu_ns_per_delivery");
        List<Series> rate = series(is(Result::inFlight, IN_FLIGHT), Result::clients, "deliveries_per_s");
        draw(plots, "cost-by-clients", byClients, "Cost of a delivery by clients", traffic, "clients", COST);
        draw(plots, "cost-by-messages", byMessages, "Cost of a delivery by messages", room, "messages in flight", COST);
        draw(plots, "deliveries-by-clients", rate, "Deliveries by clients", traffic, "clients", RATE);
        return plots;
    }

    private static void draw(
            Map<String, String> plots,
            String name,
            List<Series> series,
            String title,
            String subtitle,
            String across,
            String up) {
        if (!series.isEmpty()) {
            plots.put(name + ".svg", new Plot(series).svg(title, subtitle, across, up));
        }
    }

    private static Predicate<Result> is(ToDoubleFunction<Result> of, int value) {
        return result -> of.applyAsDouble(result) == value;
    }

    /** A line for each server with at least two points. */
    private List<Series> series(Predicate<Result> which, ToDoubleFunction<Result> across, String figure) {
        Map<String, Series> lines = new LinkedHashMap<>();
        for (Result result : results) {
            double value = result.figure(figure);
            if (which.test(result) && value > 0) {
                lines.computeIfAbsent(result.server(), server -> line(result))
                        .points()
                        .put(across.applyAsDouble(result), value);
            }
        }
        List<Series> drawn = new ArrayList<>(lines.values());
        drawn.removeIf(line -> line.points().size() < 2);
        return drawn;
    }

    private static Series line(Result result) {
        String colour = COLOURS.getOrDefault(result.server(), NEUTRAL);
        return new Series(result.title(), colour, colour.equals(NEUTRAL), new TreeMap<>());
    }
}
