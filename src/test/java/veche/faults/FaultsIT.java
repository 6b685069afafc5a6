package veche.faults;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.faults.Nemesis.DATABASE_KILLED;
import static veche.faults.Nemesis.DATABASE_SUSPENDED;
import static veche.faults.Nemesis.NODE_CUT_FROM_DATABASE;
import static veche.faults.Nemesis.NODE_KILLED;
import static veche.faults.Nemesis.NODE_STALLED_FROM_DATABASE;
import static veche.faults.Nemesis.NODE_SUSPENDED;
import static veche.faults.Nemesis.SIGNALS_CUT;
import static veche.faults.PlantedBug.AUDIENCE_LOST;
import static veche.faults.PlantedBug.BANS_FORGOTTEN;
import static veche.faults.PlantedBug.KEYS_FORGOTTEN;
import static veche.faults.PlantedBug.MESSAGES_LOST;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A short run of the fault checker; {@code src/bench/faults} is the long one. */
@Tag("operation")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
    private static final int SECONDS_WITH_BUGS = 8;

    private static FaultyCluster cluster;

    @BeforeAll
    static void start() throws IOException, SQLException {
        cluster = new FaultyCluster(ClusterSetup.of(Map.of()));
    }

    @AfterAll
    static void end() throws IOException {
        cluster.close();
    }

    @Test
    @Order(1)
    void theGuaranteesHoldUnderFaults() throws IOException, InterruptedException, SQLException {
        FaultRun run = new FaultRun(cluster, "s1", 1, Deadlines.TOLERANT);
        run.begin();
        run.strike(List.of(
                NODE_SUSPENDED,
                DATABASE_KILLED,
                NODE_CUT_FROM_DATABASE,
                SIGNALS_CUT,
                NODE_STALLED_FROM_DATABASE,
                NODE_KILLED,
                DATABASE_SUSPENDED));
        Findings findings = run.finish();
        System.out.println("FaultsIT: " + new FaultReport(1, run.history(), findings));
        assertTrue(findings.isEmpty(), findings.toString());
    }

    /** The last test, since the cluster keeps the bugs. */
    @Test
    @Order(2)
    void bugsInTheClusterAreDetected() throws IOException, InterruptedException, SQLException {
        List<PlantedBug> bugs = List.of(KEYS_FORGOTTEN, MESSAGES_LOST, BANS_FORGOTTEN, AUDIENCE_LOST);
        FaultRun run = new FaultRun(cluster, "planted", 2, Deadlines.WITH_BUGS);
        run.begin();
        for (PlantedBug bug : bugs) {
            bug.plant(cluster);
        }
        TimeUnit.SECONDS.sleep(SECONDS_WITH_BUGS);
        Findings findings = run.finish();
        assertAll(bugs.stream()
                .flatMap(bug -> bug.violated().stream())
                .map(guarantee -> () -> assertTrue(findings.count(guarantee) > 0, guarantee + " in " + findings)));
    }
}
