package veche.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import veche.testing.RedisProcess;

/**
 * Plots how long messages and events take from a client of one node to a client of another, while PostgreSQL is killed
 * and restarted, signals do not arrive, and Redis is suspended.
 */
final class LatencyTimeline {
    private static final int REST_SECONDS = 10;
    private static final int PAUSE_SECONDS = 30;
    private static final double MILLIS = 1e6;

    private final RunHistory history = new RunHistory();
    private final List<Observation.Fault> faults = new ArrayList<>();
    private final FaultyCluster cluster;
    private final long began;

    private LatencyTimeline(FaultyCluster cluster) throws InterruptedException, IOException {
        this.cluster = cluster;
        FaultLoad load = FaultLoad.of(cluster, history, "timeline", 1, 1);
        RoomReader reader = new RoomReader(load, "reader", load.rooms());
        RoomReader other = new RoomReader(load, "other", load.rooms());
        SteadyWriter writer = new SteadyWriter(load, "writer");
        EventPublisher publisher = new EventPublisher(load, "publisher", List.of("reader", "other"));
        reader.pin(1);
        other.pin(1);
        writer.pin(0);
        publisher.pin(0);
        Stream.of(reader, other).forEach(RoomReader::settle);
        Stream.of(reader, other, writer, publisher).forEach(FaultClient::start);
        TimeUnit.SECONDS.sleep(REST_SECONDS); // until the code is compiled
        began = System.nanoTime();
    }

    private interface Strike {
        void run() throws IOException, InterruptedException;
    }

    private void during(String name, Strike strike) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        long at = System.nanoTime();
        strike.run();
        faults.add(new Observation.Fault(name, -1, at, System.nanoTime(), 0));
    }

    private void run() throws IOException, InterruptedException {
        during("PostgreSQL", () -> {
            cluster.database().kill();
            cluster.database().start();
        });
        during("no signals", () -> {
            cluster.nodes().forEach(node -> node.signals().cut());
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS / 2);
            cluster.nodes().forEach(node -> node.signals().restore());
        });
        during("Redis suspended", () -> {
            cluster.redis().orElseThrow().suspend();
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            cluster.redis().orElseThrow().resume();
        });
        TimeUnit.SECONDS.sleep(REST_SECONDS);
    }

    private double second(long at) {
        return (at - began) / 1e9;
    }

    private List<double[]> messages() {
        Map<String, Long> sent = new HashMap<>();
        history.of(Observation.Attempt.class).forEach(each -> sent.putIfAbsent(each.key(), each.at()));
        return history.of(Observation.Received.class).stream()
                .filter(each -> each.stream().startsWith("reader") && sent.containsKey(each.key()))
                .map(each -> point(sent.get(each.key()), each.at()))
                .filter(point -> point[0] >= 0)
                .toList();
    }

    private List<double[]> events() {
        Map<String, Long> sent = new HashMap<>();
        history.of(Observation.Published.class).forEach(each -> sent.put(each.event(), each.at()));
        return history.of(Observation.ReceivedEvent.class).stream()
                .filter(each -> sent.containsKey(each.event()))
                .map(each -> point(sent.get(each.event()), each.at()))
                .filter(point -> point[0] >= 0)
                .toList();
    }

    private double[] point(long sent, long received) {
        return new double[] {second(sent), (received - sent) / MILLIS};
    }

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        try (FaultyCluster cluster =
                new FaultyCluster(ClusterSetup.of(Map.of()).with(Optional.of(RedisProcess.server())))) {
            LatencyTimeline timeline = new LatencyTimeline(cluster);
            timeline.run();
            TimePlot plot = new TimePlot(timeline.second(System.nanoTime()), 1, 10_000);
            for (Observation.Fault fault : timeline.faults) {
                plot.shade(timeline.second(fault.at()), timeline.second(fault.until()), fault.name());
            }
            List<double[]> messages = timeline.messages();
            plot.points(messages, "#2d6fb4", "messages, stored");
            plot.points(timeline.events(), "#b4552d", "events, not stored");
            plot.write(
                    Path.of(arguments[0]),
                    "From a client of one node to a client of another, during failures",
                    "ms, logarithmic");
            for (Observation.Fault fault : timeline.faults) {
                print(fault.name(), within(messages, timeline, fault), within(timeline.events(), timeline, fault));
            }
            print("all", messages, timeline.events());
        }
        System.exit(0);
    }

    private static List<double[]> within(List<double[]> points, LatencyTimeline timeline, Observation.Fault fault) {
        return points.stream()
                .filter(point -> point[0] >= timeline.second(fault.at()) && point[0] < timeline.second(fault.until()))
                .toList();
    }

    private static void print(String name, List<double[]> messages, List<double[]> events) {
        System.out.printf("%-22s messages %s; events %s%n", name, summary(messages), summary(events));
    }

    private static String summary(List<double[]> points) {
        double[] sorted =
                points.stream().mapToDouble(point -> point[1]).sorted().toArray();
        return sorted.length == 0
                ? "none"
                : String.format(
                        "%,d, ms: %.1f (p50) %.1f (p99) %.1f (max)",
                        sorted.length,
                        sorted[sorted.length / 2],
                        sorted[sorted.length * 99 / 100],
                        sorted[sorted.length - 1]);
    }
}
