package veche.deployment;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import veche.Scrape;

/** {@code server-config/grafana/veche.json} asks for nothing that {@code /metrics} does not have. */
@ArquillianTest
@RunAsClient
class DashboardIT {
    private static final Pattern METRIC = Pattern.compile("\\b(?:veche|jvm|process|system)_[a-z0-9_]+");

    private static final int FILES_AT_ONCE = 8;
    private static final int FILE_BYTES = 1 << 20;

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    /** Some appear only with what they count, such as a pause of the garbage collector: so there is traffic meanwhile. */
    @Test
    void everyMetricOfTheDashboardIsThere() throws IOException {
        Set<String> asked = asked();
        assertTrue(asked.contains("veche_connections") && asked.size() > 10, asked::toString);
        URI chat = URI.create("ws://127.0.0.1:" + base.getPort() + base.getPath() + "chat?room=dashboard");
        try (Chatter ann = new Chatter(chat)) {
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                for (int file = 0; file < FILES_AT_ONCE; file++) {
                    long heard = ann.bytes();
                    ann.send(new byte[FILE_BYTES]);
                    await().until(() -> ann.bytes() == heard + FILE_BYTES);
                }
                Set<String> missing = new TreeSet<>(asked);
                missing.removeAll(served());
                assertEquals(Set.of(), missing);
            });
        }
    }

    private Set<String> served() throws IOException {
        return Scrape.of(URI.create("http://127.0.0.1:" + base.getPort() + base.getPath() + "metrics"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    private static Set<String> asked() throws IOException {
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
