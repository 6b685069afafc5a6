package veche.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import veche.testing.RedisProcess;

/** The command {@code src/bench/faults}. */
final class FaultsMain {
    private static final Path HISTORY = Path.of("target", "faults", "history.txt");
    private static final int SECONDS_WITH_BUG = 10;

    private FaultsMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        List<String> options = List.of(arguments);
        boolean success = options.contains("--planted")
                ? detectsPlantedBugs()
                : holds(
                        number(options, "--seed", 1),
                        Duration.ofMinutes(number(options, "--minutes", 1)),
                        fault(options),
                        ClusterSetup.of(Map.of())
                                .with(
                                        options.contains("--redis")
                                                ? Optional.of(RedisProcess.server())
                                                : Optional.empty())
                                .withStandby(options.contains("--standby")));
        System.exit(success ? 0 : 1);
    }

    private static boolean holds(long seed, Duration time, Optional<Nemesis> fault, ClusterSetup setup)
            throws IOException, InterruptedException, SQLException {
        try (FaultyCluster cluster = new FaultyCluster(setup)) {
            FaultRun run = new FaultRun(cluster, "s" + seed, seed, Deadlines.STRICT);
            run.begin();
            run.strike(time, fault.map(List::of).orElseGet(() -> Nemesis.of(cluster)));
            Findings findings = run.finish();
            System.out.println(new FaultReport(seed, run.history(), findings));
            Iterable<String> lines = run.history().all().stream().map(Object::toString)::iterator;
            Files.write(HISTORY, lines);
            return findings.isEmpty();
        }
    }

    private static boolean detectsPlantedBugs() throws IOException, InterruptedException, SQLException {
        boolean all = true;
        for (PlantedBug bug : PlantedBug.values()) {
            try (FaultyCluster cluster = new FaultyCluster(ClusterSetup.of(bug.settings()))) {
                FaultRun run = new FaultRun(cluster, "planted", 1, Deadlines.WITH_BUGS);
                run.begin();
                bug.plant(cluster);
                TimeUnit.SECONDS.sleep(SECONDS_WITH_BUG);
                Findings findings = run.finish();
                boolean detected = bug.violated().stream().allMatch(guarantee -> findings.count(guarantee) > 0);
                all &= detected;
                System.out.println((detected ? "detected: " : "NOT DETECTED: ") + bug + ", by " + bug.violated() + "; "
                        + FaultReport.counts(findings));
            }
        }
        return all;
    }

    private static Optional<Nemesis> fault(List<String> options) {
        int index = options.indexOf("--fault");
        return index < 0 ? Optional.empty() : Optional.of(Nemesis.valueOf(options.get(index + 1)));
    }

    private static long number(List<String> options, String name, long standard) {
        int index = options.indexOf(name);
        return index < 0 ? standard : Long.parseLong(options.get(index + 1));
    }
}
