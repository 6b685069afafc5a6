package veche.matrix;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Records the outcomes of the tests that run against one server ({@code arquillian.launch}), or of those that start
 * their own ({@code witness}), and writes them to {@code target/matrix} after each test plan, a file for each process.
 * JUnit finds it as a service.
 */
public final class OutcomeRecorder implements TestExecutionListener {
    static final Path SEEN = Path.of("target", "matrix");

    /** Which of the processes of an execution this is. */
    private static final String FORK = System.getProperty("fork");

    private static final Map<Behaviour, String> OBSERVED = new ConcurrentHashMap<>();

    private final String run = System.getProperty("witness", System.getProperty("arquillian.launch"));
    private final Map<String, String> outcomes = new ConcurrentHashMap<>();
    private final Map<String, String> failures = new ConcurrentSkipListMap<>();

    /** Different outcomes of several tests are joined. */
    static void note(Behaviour behaviour, String outcome) {
        OBSERVED.merge(behaviour, outcome, (one, other) -> one.equals(other) ? one : one + ", " + other);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (run != null && test.isTest()) {
            outcomes.put(test.getUniqueId(), "skipped");
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (run == null) {
            return;
        }
        String id = test.getUniqueId();
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (!passed) {
            failures.put(id, describe(test, result.getThrowable().orElse(null)));
        }
        // A class counts only where it failed before or after its tests.
        if (test.isTest() || !passed) {
            outcomes.put(id, passed ? "passed" : "failed");
        }
        if (test.getSource().orElse(null) instanceof MethodSource source
                && source.getJavaMethod().isAnnotationPresent(Shows.class)) {
            Shows shown = source.getJavaMethod().getAnnotation(Shows.class);
            note(shown.value(), passed ? shown.as() : "FAILED");
        }
    }

    private static String describe(TestIdentifier test, Throwable failure) {
        String container =
                test.getUniqueIdObject().removeLastSegment().getLastSegment().getValue();
        return test.getLegacyReportingName() + " of " + container + ": " + failure;
    }

    private Map<String, Long> counts() {
        return outcomes.values().stream()
                .collect(Collectors.groupingBy(outcome -> outcome, TreeMap::new, Collectors.counting()));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (run == null) {
            return;
        }
        JsonObjectBuilder seen = Json.createObjectBuilder();
        new TreeMap<>(OBSERVED).forEach((behaviour, outcome) -> seen.add(behaviour.name(), outcome));
        JsonObjectBuilder tests = Json.createObjectBuilder();
        counts().forEach((outcome, count) -> tests.add(outcome, count));
        JsonArrayBuilder failed = Json.createArrayBuilder(failures.values());
        try {
            Files.createDirectories(SEEN);
            Files.writeString(
                    SEEN.resolve(run + "-" + FORK + ".json"),
                    Json.createObjectBuilder()
                            .add("run", run)
                            .add("tests", tests)
                            .add("failed", failed)
                            .add("seen", seen)
                            .build()
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
