package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.Messages.dict;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import veche.testing.FeatureTable;

/** The feature table of {@code src/docs/wamp.md} matches what WELCOME announces. */
class FeaturesTest {
    private final TestRealm realm = new TestRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    /** By role, the features that WELCOME announces as true. */
    private Map<String, Set<String>> announced() {
        TestClient client = realm.connect("wamp.2.json");
        client.sendMessage(HELLO, "veche", dict("roles", TestClient.allRoles()));
        Map<?, ?> roles = (Map<?, ?>) ((Map<?, ?>) client.expect(WELCOME).get(2)).get("roles");
        Map<String, Set<String>> announced = new TreeMap<>();
        roles.forEach((role, details) -> {
            Set<String> features = new TreeSet<>();
            ((Map<?, ?>) ((Map<?, ?>) details).get("features")).forEach((feature, value) -> {
                assertEquals(true, value, feature::toString);
                features.add((String) feature);
            });
            announced.put((String) role, features);
        });
        return announced;
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "dealer"})
    void aRoleAnnouncesExactlyTheFeaturesOfTheTable(String role) throws IOException {
        assertEquals(announced().get(role), FeatureTable.read().announced(role));
    }

    @Test
    void theTableNamesExactlyTheAnnouncedRoles() throws IOException {
        Set<String> roles = new HashSet<>(FeatureTable.read().roles());
        roles.remove("authmethods");
        assertEquals(announced().keySet(), roles);
    }

    @Test
    void everyTestNamedInTheTableExists() throws IOException {
        Set<String> present;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java/veche/dialect/wamp"))) {
            present = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
        for (String test : FeatureTable.read().tests()) {
            assertTrue(present.contains(test + ".java"), test);
        }
    }
}
