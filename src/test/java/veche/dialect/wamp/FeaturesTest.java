package veche.dialect.wamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.dialect.wamp.TestClient.dict;
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

    /** By role, the features that WELCOME names as true. */
    private Map<String, Set<String>> welcomed() {
        TestClient client = realm.connect("wamp.2.json");
        client.say(HELLO, "veche", dict("roles", TestClient.allRoles()));
        Map<?, ?> roles = (Map<?, ?>) ((Map<?, ?>) client.expect(WELCOME).get(2)).get("roles");
        Map<String, Set<String>> welcomed = new TreeMap<>();
        roles.forEach((role, details) -> {
            Set<String> features = new TreeSet<>();
            ((Map<?, ?>) ((Map<?, ?>) details).get("features")).forEach((feature, value) -> {
                assertEquals(true, value, feature::toString);
                features.add((String) feature);
            });
            welcomed.put((String) role, features);
        });
        return welcomed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "dealer"})
    void aRoleAnnouncesExactlyTheFeaturesOfTheTable(String role) throws IOException {
        assertEquals(welcomed().get(role), FeatureTable.read().announced(role));
    }

    @Test
    void thereIsNoOtherRole() throws IOException {
        Set<String> roles = new HashSet<>(FeatureTable.read().roles());
        roles.remove("authmethods");
        assertEquals(welcomed().keySet(), roles);
    }

    @Test
    void eachTestNamedInTheTableExists() throws IOException {
        for (String test : FeatureTable.read().tests()) {
            assertTrue(Files.exists(Path.of("src/test/java/veche/dialect/wamp/" + test + ".java")), test);
        }
    }
}
