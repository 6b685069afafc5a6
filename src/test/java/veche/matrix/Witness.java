package veche.matrix;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Listens to the tests that run against one server ({@code arquillian.launch}), and writes at the end what was seen into
 * {@code target/matrix}. JUnit finds it as a service.
 */
public final class Witness implements TestExecutionListener {
    static final Path SEEN = Path.of("target", "matrix");

    private static final Map<Behaviour, String> NOTES = new ConcurrentHashMap<>();

    private final String server = System.getProperty("arquillian.launch");
    private final Map<String, AtomicInteger> counts = new TreeMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    static void note(Behaviour behaviour, String outcome) {
        // Two tests that see different things are both heard.
        NOTES.merge(behaviour, outcome, (one, other) -> one.equals(other) ? one : one + ", " + other);
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        if (server != null && test.isTest()) {
            count("skipped");
        }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (server == null || !test.isTest() && passed) {
            return;
        }
        count(passed ? "passed" : "failed");
        if (!passed) {
            failures.add(test.getLegacyReportingName() + " of " + parent(test) + ": "
                    + result.getThrowable().orElse(null));
        }
        if (test.getSource().orElse(null) instanceof MethodSource source) {
            shown(source.getJavaMethod(), passed);
        }
    }

    private static String parent(TestIdentifier test) {
        return test.getUniqueIdObject().removeLastSegment().getLastSegment().getValue();
    }

    private static void shown(Method method, boolean passed) {
        Shows shows = method.getAnnotation(Shows.class);
        if (shows != null) {
            note(shows.value(), passed ? shows.as() : "FAILED");
        }
    }

    private void count(String outcome) {
        counts.computeIfAbsent(outcome, unseen -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (server == null) {
            return;
        }
        JsonObjectBuilder seen = Json.createObjectBuilder();
        new EnumMap<>(NOTES).forEach((behaviour, outcome) -> seen.add(behaviour.name(), outcome));
        JsonObjectBuilder tests = Json.createObjectBuilder();
        counts.forEach((outcome, count) -> tests.add(outcome, count.get()));
        JsonArrayBuilder failed = Json.createArrayBuilder();
        failures.forEach(failed::add);
        try {
            Files.createDirectories(SEEN);
            Files.writeString(
                    SEEN.resolve(server + ".json"),
                    Json.createObjectBuilder()
                            .add("server", server)
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
