package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import veche.testing.MetricsClient;
import veche.testing.TextClient;

/** {@code server-config/grafana/veche.json} queries only metrics that {@code /metrics} exports. */
@ArquillianTest
@RunAsClient
class DashboardIT extends DeployedWar {
    private static final Pattern METRIC = Pattern.compile("\\b(?:veche|jvm|process|system)_[a-z0-9_]+");

    private static final int MESSAGES_AT_ONCE = 8;
    private static final int MESSAGE_BYTES = 1 << 20;

    /** Some metrics appear only with their first event, such as a garbage collection; traffic provokes it. */
    @Test
    void everyMetricOfTheDashboardIsExported() throws IOException {
        Set<String> queried = queried();
        assertTrue(queried.contains("veche_connections") && queried.size() > 10, queried::toString);
        try (TextClient ann = new TextClient(chat())) {
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                for (int message = 0; message < MESSAGES_AT_ONCE; message++) {
                    long received = ann.binaryBytes();
                    ann.send(new byte[MESSAGE_BYTES]);
                    await().until(() -> ann.binaryBytes() == received + MESSAGE_BYTES);
                }
                Set<String> missing = new TreeSet<>(queried);
                missing.removeAll(exported());
                assertEquals(Set.of(), missing);
            });
        }
    }

    private Set<String> exported() throws IOException {
        return MetricsClient.scrape(http("metrics"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static Set<String> queried() throws IOException {
        try (JsonReader reader =
                Json.createReader(Files.newInputStream(Path.of("server-config", "grafana", "veche.json")))) {
            return reader.readObject().getJsonArray("panels").getValuesAs(JsonObject.class).stream()
                    .flatMap(panel -> panel.getJsonArray("targets").getValuesAs(JsonObject.class).stream())
                    .flatMap(target -> METRIC.matcher(target.getString("expr")).results())
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
