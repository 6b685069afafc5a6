package veche.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Restarts the nodes one after the other under many clients and load, and plots their reconnections. */
final class RollingRestart {
    private static final int CLIENTS = 2_000;
    private static final int ROOMS = 40;
    private static final int WRITERS = 2;
    private static final int REST_SECONDS = 8;
    private static final double SLICE_SECONDS = 0.5;

    private RollingRestart() {}

    /** @param arguments the file to write */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        RunHistory history = new RunHistory();
        try (FaultyCluster cluster = new FaultyCluster(ClusterSetup.of(Map.of("VECHE_SHUTDOWN_SPREAD", "10s")))) {
            FaultLoad load = FaultLoad.of(cluster, history, "rolling", 1, ROOMS);
            List<RoomReader> readers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String room = load.rooms().get(i % ROOMS);
                RoomReader reader = new RoomReader(load, "r" + i, List.of(room));
                reader.settle();
                readers.add(reader);
                reader.start();
                TimeUnit.MILLISECONDS.sleep(5);
            }
            while (readers.stream()
                    .anyMatch(reader -> reader.position(reader.rooms().get(0)) < 0)) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            List<SteadyWriter> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(new SteadyWriter(load, "w" + i));
                writers.get(i).start();
            }
            long began = System.nanoTime();
            TimePlot plot = restart(cluster, history, began);
            for (SteadyWriter writer : writers) {
                writer.stop();
            }
            verify(cluster, history, load, readers);
            plot.write(
                    Path.of(arguments[0]),
                    "Three nodes restarted under 2,000 clients",
                    "in half a second, logarithmic");
        }
        System.exit(0);
    }

    private static TimePlot restart(FaultyCluster cluster, RunHistory history, long began)
            throws IOException, InterruptedException {
        List<double[]> times = new ArrayList<>();
        for (FaultyNode node : cluster.nodes()) {
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            double from = (System.nanoTime() - began) / 1e9;
            node.stop();
            node.start();
            node.awaitReady();
            times.add(new double[] {from, (System.nanoTime() - began) / 1e9});
        }
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        TimePlot plot = new TimePlot((System.nanoTime() - began) / 1e9, 1, 1_000);
        for (int i = 0; i < times.size(); i++) {
            plot.shade(times.get(i)[0], times.get(i)[1], "node " + (i + 1));
        }
        plot.bars(
                slices(history.of(Observation.Started.class), began),
                SLICE_SECONDS,
                "#2d6fb4",
                "connected again and resumed");
        plot.points(slices(history.of(Observation.Disconnected.class), began), "#b4552d", "disconnected");
        return plot;
    }

    private static List<double[]> slices(List<? extends Observation> observations, long began) {
        Map<Integer, Integer> counts = new TreeMap<>();
        observations.stream()
                .filter(each -> each.at() - began > 0)
                .forEach(each -> counts.merge((int) ((each.at() - began) / 1e9 / SLICE_SECONDS), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(slice -> new double[] {slice.getKey() * SLICE_SECONDS, slice.getValue()})
                .toList();
    }

    private static void verify(FaultyCluster cluster, RunHistory history, FaultLoad load, List<RoomReader> readers)
            throws InterruptedException, SQLException {
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        for (RoomReader reader : readers) {
            String room = reader.rooms().get(0);
            history.add(new Observation.Reached(reader.user(), room, reader.position(room), System.nanoTime()));
        }
        Findings findings = HistoryCheck.of(history, cluster.database().log(load.prefix()), Deadlines.STRICT);
        System.out.println(new FaultReport(1, history, findings));
        System.out.printf(
                "%,d disconnections, %,d subscriptions%n",
                history.of(Observation.Disconnected.class).size(),
                history.of(Observation.Started.class).size());
    }
}
