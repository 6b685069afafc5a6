package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import me.normanmaurer.maven.autobahntestsuite.FuzzingCaseResult;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import veche.matrix.Behaviour;
import veche.matrix.Shows;

/**
 * The Autobahn test suite (RFC 6455) against the plain dialect, which returns each message to its sender. Its
 * reports are in {@code target/autobahntestsuite-reports}.
 */
@ArquillianTest
@Order(DeploymentOrder.CONFIGURED)
@RunAsClient
class FuzzingIT extends ConfiguredWar {
    /**
     * The suite; of the performance cases (9) only unfragmented messages up to 4 MiB, since the others take minutes.
     */
    private static final List<String> CASES = Stream.concat(
                    Stream.of(1, 2, 3, 4, 5, 6, 7, 10).map(group -> group + ".*"),
                    Stream.of("9.1.1", "9.1.2", "9.1.3", "9.1.4", "9.2.1", "9.2.2", "9.2.3", "9.2.4"))
            .toList();

    @Test
    @Shows(value = Behaviour.CONFORMANCE, as = "as listed")
    void everyCaseOfTheSuiteIsOkOrAsTheDocumentLists() throws Exception {
        String server = System.getProperty("arquillian.launch");
        Conformance listed = Conformance.of(server);
        // Less than a minute; the reactor of its client, which has no limit of its own, has once hung.
        List<FuzzingCaseResult> results = assertTimeoutPreemptively(
                Duration.ofMinutes(5),
                () -> AutobahnTestSuite.runFuzzingClient(
                        server, at("chat?room=fuzz").toString(), Map.of(), CASES, List.of()));
        List<String> names = results.stream().map(FuzzingCaseResult::caseName).toList();
        assertEquals(Conformance.COUNT, names.size(), "Cases: " + names);
        assertTrue(names.containsAll(listed.cases()), () -> "Listed, but not run: " + listed.cases());
        assertEquals(
                List.of(),
                results.stream()
                        .filter(result -> !listed.allows(
                                result.caseName(), outcome(result.behavior()), outcome(result.behaviorClose())))
                        .map(result -> result.caseName() + " " + outcome(result.behavior()) + ", close "
                                + outcome(result.behaviorClose()) + ", see " + result.reportFile())
                        .toList());
    }

    /** The type of the outcome is not visible outside its package. */
    private static String outcome(Object behavior) {
        return String.valueOf(behavior).replace('_', '-');
    }
}
